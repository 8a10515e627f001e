package dev.mneme.mcp.server.catalog;

import java.util.List;

/** Tools that come and go while the server runs. Thread-safe. */
public interface ToolSource {
  /** A source that never has any. */
  ToolSource NONE = of(List.of());

  /** A source that has always the same. */
  static ToolSource of(List<McpTool> tools) {
    return new ToolSource() {
      @Override
      public List<McpTool> tools() {
        return tools;
      }

      @Override
      public AutoCloseable onChange(Runnable listener) {
        return () -> {};
      }
    };
  }

  /** The tools as they are now, in a fixed order. The same list object until something changes. */
  List<McpTool> tools();

  /**
   * Tells a listener of every later change.
   *
   * @return ends the listening
   */
  AutoCloseable onChange(Runnable listener);
}
