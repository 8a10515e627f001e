package dev.mneme.mcp.server.catalog;

import java.util.List;
import java.util.stream.Stream;

/** Two sources as one: first those of the first. Thread-safe. */
public final class JoinedTools implements ToolSource {
  private record Joined(List<McpTool> first, List<McpTool> second, List<McpTool> all) {}

  private final ToolSource first;
  private final ToolSource second;
  private volatile Joined joined = new Joined(List.of(), List.of(), List.of());

  public JoinedTools(ToolSource first, ToolSource second) {
    this.first = first;
    this.second = second;
  }

  /** Both keep their list until something changes, so identity is enough and is fast. */
  @Override
  @SuppressWarnings("ReferenceEquality")
  public List<McpTool> tools() {
    List<McpTool> one = first.tools();
    List<McpTool> two = second.tools();
    Joined known = joined;
    if (known.first() != one || known.second() != two) {
      known = new Joined(one, two, Stream.concat(one.stream(), two.stream()).toList());
      joined = known;
    }
    return known.all();
  }

  @Override
  public AutoCloseable onChange(Runnable listener) {
    AutoCloseable one = first.onChange(listener);
    AutoCloseable two = second.onChange(listener);
    return () -> {
      one.close();
      two.close();
    };
  }
}
