package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What to change about a tool; absent parts stay as they are. */
public record ToolUpdate(
    Optional<String> source,
    Optional<String> sourceType,
    Optional<String> description,
    Optional<ObjectNode> schema,
    Optional<ObjectNode> argsSchema,
    Optional<List<String>> tags,
    Optional<Integer> returnCharLimit,
    Optional<List<JsonNode>> pipRequirements,
    Optional<Boolean> requiresApproval,
    Optional<Boolean> parallel,
    Optional<Map<String, Object>> metadata) {

  /** Everything as a draft says. */
  static ToolUpdate of(ToolDraft draft) {
    return new ToolUpdate(
        Optional.of(draft.source()),
        draft.sourceType(),
        draft.description(),
        draft.schema(),
        draft.argsSchema(),
        Optional.of(draft.tags()),
        Optional.of(draft.returnCharLimit()),
        Optional.of(draft.pipRequirements()),
        Optional.of(draft.requiresApproval()),
        Optional.of(draft.parallel()),
        Optional.of(draft.metadata()));
  }

  /** The draft of a tool that is there, with these changes. */
  ToolDraft onto(StoredTool tool) {
    // A schema that came from the old source must not outlive it.
    Optional<ObjectNode> kept = source.isEmpty() ? Optional.of(tool.schema()) : Optional.empty();
    return new ToolDraft(
        source.or(tool::sourceCode).orElse(""),
        sourceType.or(tool::sourceType),
        description,
        schema.or(() -> kept),
        argsSchema,
        tags.orElse(tool.tags()),
        returnCharLimit.orElse(tool.returnCharLimit()),
        pipRequirements.orElse(tool.pipRequirements()),
        requiresApproval.orElse(tool.requiresApproval()),
        parallel.orElse(tool.parallel()),
        metadata.orElse(tool.metadata()));
  }
}
