package dev.mneme.mcp.server.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The tools at one moment, in the order they are listed. Immutable. */
public final class ToolSet {
  private final List<McpTool> dynamic;
  private final SequencedMap<String, McpTool> byName;

  private ToolSet(List<McpTool> dynamic, SequencedMap<String, McpTool> byName) {
    this.dynamic = dynamic;
    this.byName = byName;
  }

  /** Fixed tools first; a dynamic tool never takes the name of a fixed one. */
  static ToolSet of(List<McpTool> fixed, List<McpTool> dynamic) {
    SequencedMap<String, McpTool> byName = new LinkedHashMap<>();
    fixed.forEach(tool -> byName.put(tool.name(), tool));
    dynamic.forEach(tool -> byName.putIfAbsent(tool.name(), tool));
    return new ToolSet(dynamic, Collections.unmodifiableSequencedMap(byName));
  }

  public List<McpTool> tools() {
    return List.copyOf(byName.values());
  }

  public Optional<McpTool> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Sources keep the same list until something changes, so identity is enough and is fast. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(List<McpTool> present) {
    return dynamic == present;
  }
}
