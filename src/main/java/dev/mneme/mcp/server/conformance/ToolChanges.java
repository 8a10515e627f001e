package dev.mneme.mcp.server.conformance;

import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Says that the tools have changed whenever a tool is called. */
final class ToolChanges {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  McpTool trigger() {
    return FixtureTool.of(
        "test_trigger_tool_change",
        "Tells subscribers that the tools have changed.",
        (context, given) -> {
          listeners.forEach(Runnable::run);
          return FixtureTool.text("Told.");
        });
  }

  ToolSource besides(ToolSource source) {
    return new ToolSource() {
      @Override
      public List<McpTool> tools() {
        return source.tools();
      }

      @Override
      public AutoCloseable onChange(Runnable listener) {
        AutoCloseable inner = source.onChange(listener);
        listeners.add(listener);
        return () -> {
          listeners.remove(listener);
          inner.close();
        };
      }
    };
  }
}
