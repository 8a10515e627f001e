package dev.mneme.mcp.server.catalog;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/** The tools at one moment. Immutable. */
public final class ToolSet {
  private final List<McpTool> dynamic;
  private final List<McpTool> listed;
  private final Map<String, McpTool> byName;

  private ToolSet(List<McpTool> dynamic, List<McpTool> listed, Map<String, McpTool> byName) {
    this.dynamic = dynamic;
    this.listed = List.copyOf(listed);
    this.byName = Map.copyOf(byName);
  }

  /** Fixed tools first; a dynamic tool never takes the name of a fixed one. */
  static ToolSet of(List<McpTool> fixed, List<McpTool> dynamic, Listing listing) {
    Set<String> taken = fixed.stream().map(McpTool::name).collect(Collectors.toSet());
    SequencedMap<String, McpTool> others = new LinkedHashMap<>();
    dynamic.stream()
        .filter(tool -> !taken.contains(tool.name()))
        .forEach(tool -> others.putIfAbsent(tool.name(), tool));
    List<McpTool> listed = listing.of(fixed, List.copyOf(others.values()));
    Map<String, McpTool> byName = new HashMap<>();
    listed.forEach(tool -> byName.putIfAbsent(tool.name(), tool));
    fixed.forEach(tool -> byName.putIfAbsent(tool.name(), tool));
    others.forEach(byName::putIfAbsent);
    return new ToolSet(dynamic, listed, byName);
  }

  /** Those that clients are shown, in that order. */
  public List<McpTool> tools() {
    return listed;
  }

  /** One that can be called, shown or not. */
  public Optional<McpTool> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Sources keep the same list until something changes, so identity is enough and is fast. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(List<McpTool> present) {
    return dynamic == present;
  }
}
