package dev.mneme.tool;

import java.util.List;

/** As much of a tool as it takes to find it. */
record ToolEntry(String id, String name, String type, String description, List<String> tags) {
  static ToolEntry of(StoredTool tool) {
    return new ToolEntry(tool.id(), tool.name(), tool.type(), tool.description(), tool.tags());
  }
}
