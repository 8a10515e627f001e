package dev.mneme.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.memory.journal.Change;
import dev.mneme.tool.Caller;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;

/** Runs the tools that are not part of the server. Thread-safe; interrupting the caller ends it. */
@FunctionalInterface
public interface ToolRunner {
  /**
   * @param caller for which agent
   * @param change the provenance of memory the tool's code changes
   * @throws dev.mneme.common.MnemeException for arguments that do not fit, and for tools that
   *     cannot be run here
   */
  ToolOutcome run(
      Caller caller, StoredTool tool, ObjectNode arguments, Change change, ToolListener listener);
}
