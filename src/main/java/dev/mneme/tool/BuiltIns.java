package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tools that are part of Mneme: what they are called, what they are for and what they take. Who
 * does their work is the engine's matter. Read from a resource at first use. Thread-safe.
 */
public final class BuiltIns {
  /** When they count as made: before any tool of an owner. */
  static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

  private static final String CUSTOM = "custom";

  /** One of them, the same for every owner. */
  private record Definition(String name, String type, String description, ObjectNode schema) {}

  private @Nullable Map<String, Definition> read;

  private synchronized Map<String, Definition> byName() {
    if (read == null) {
      read = read();
    }
    return read;
  }

  private static Map<String, Definition> read() {
    Map<String, Definition> byName = new LinkedHashMap<>();
    for (JsonNode tool : Json.parse(Resources.text("built_ins.json"))) {
      String name = tool.path("name").asText();
      String description = tool.path("description").asText();
      ObjectNode schema = Json.mapper().createObjectNode();
      schema.put("name", name).put("description", description);
      schema.set("parameters", tool.path("parameters"));
      byName.put(name, new Definition(name, tool.path("tool_type").asText(), description, schema));
    }
    return byName;
  }

  /** All of them, in the order of the documentation. */
  public List<StoredTool> all(Owner owner) {
    return byName().values().stream().map(one -> tool(owner, one)).toList();
  }

  public Optional<StoredTool> find(Owner owner, String name) {
    return Optional.ofNullable(byName().get(name)).map(one -> tool(owner, one));
  }

  public Set<String> names() {
    return Set.copyOf(byName().keySet());
  }

  private static StoredTool tool(Owner owner, Definition one) {
    return fixed(owner, one.name(), one.type(), one.description(), one.schema());
  }

  /** A tool of the library as agents see it. */
  static StoredTool library(Owner owner, LibraryTool tool) {
    ObjectNode schema = Json.mapper().createObjectNode();
    schema.put("name", tool.name()).put("description", tool.description());
    schema.set("parameters", tool.inputSchema());
    return fixed(owner, tool.name(), CUSTOM, tool.description(), schema);
  }

  private static StoredTool fixed(
      Owner owner, String name, String type, String description, ObjectNode schema) {
    return new StoredTool(
        ToolIds.of(owner, name),
        name,
        type,
        description,
        Optional.of(type.equals(CUSTOM) ? "python" : "json"),
        Optional.empty(),
        schema.deepCopy(),
        type.equals(CUSTOM) ? List.of(StoredTools.LIBRARY_TAG) : List.of(),
        StoredTools.RETURN_LIMIT,
        List.of(),
        false,
        false,
        Map.of(),
        MADE,
        MADE);
  }
}
