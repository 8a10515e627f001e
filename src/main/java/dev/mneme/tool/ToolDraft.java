package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tool that somebody wants to have.
 *
 * @param sourceType {@code python}; absent: python too
 * @param description instead of that of the docstring
 * @param schema {@code {name, description, parameters}} instead of what the source says
 * @param argsSchema the parameters alone, instead of what the source says
 */
public record ToolDraft(
    String source,
    Optional<String> sourceType,
    Optional<String> description,
    Optional<ObjectNode> schema,
    Optional<ObjectNode> argsSchema,
    List<String> tags,
    int returnCharLimit,
    List<JsonNode> pipRequirements,
    boolean requiresApproval,
    boolean parallel,
    Map<String, Object> metadata) {
  public ToolDraft {
    tags = List.copyOf(tags);
    pipRequirements = List.copyOf(pipRequirements);
    metadata = Map.copyOf(metadata);
  }

  /** A tool of which everything stands in its source. */
  public static ToolDraft of(String source) {
    return new ToolDraft(
        source,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        StoredTools.RETURN_LIMIT,
        List.of(),
        false,
        false,
        Map.of());
  }
}
