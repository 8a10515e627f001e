package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tool agents can have: one that came over the API, a built-in, or one of the library.
 *
 * @param id {@code tool-<uuid4>}; those of built-ins and of the library follow from owner and name
 * @param type as the Letta API writes it: {@code custom}, {@code letta_core}, …
 * @param sourceCode absent for what is built in
 * @param schema {@code {name, description, parameters}}
 * @param returnCharLimit longer answers are cut, and told so
 */
public record StoredTool(
    String id,
    String name,
    String type,
    String description,
    Optional<String> sourceType,
    Optional<String> sourceCode,
    ObjectNode schema,
    List<String> tags,
    int returnCharLimit,
    List<JsonNode> pipRequirements,
    boolean requiresApproval,
    boolean parallel,
    Map<String, Object> metadata,
    Instant createdAt,
    Instant updatedAt) {
  public StoredTool {
    tags = List.copyOf(tags);
    pipRequirements = List.copyOf(pipRequirements);
    metadata = Map.copyOf(metadata);
  }

  /** The packages it came with, as {@code name} or {@code name==version}. */
  public List<String> packages() {
    return pipRequirements.stream()
        .map(one -> {
          String version = one.path("version").asText("");
          String name = one.path("name").asText("");
          return version.isEmpty() ? name : name + "==" + version;
        })
        .toList();
  }
}
