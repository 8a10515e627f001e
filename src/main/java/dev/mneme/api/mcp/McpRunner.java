package dev.mneme.api.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;

/** Calls a tool of another server by the name it has here. Thread-safe; waits for its end. */
@FunctionalInterface
public interface McpRunner {
  ToolOutcome call(Caller caller, String name, ObjectNode arguments, ToolListener listener);
}
