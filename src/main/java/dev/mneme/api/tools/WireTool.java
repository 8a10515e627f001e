package dev.mneme.api.tools;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.api.http.Wire;
import dev.mneme.common.Owner;
import dev.mneme.tool.StoredTool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tool as clients read it. */
public record WireTool(
    String id,
    String name,
    String toolType,
    String description,
    Optional<String> sourceType,
    Optional<String> sourceCode,
    ObjectNode jsonSchema,
    List<String> tags,
    int returnCharLimit,
    List<JsonNode> pipRequirements,
    boolean defaultRequiresApproval,
    boolean enableParallelExecution,
    @JsonProperty("metadata_") Map<String, Object> metadata,
    String createdById,
    String lastUpdatedById,
    String createdAt,
    String updatedAt) {
  private static final Map<String, @Nullable Object> ABSENT =
      Wire.absent("args_json_schema", "npm_requirements", "project_id");

  public static WireTool of(Owner owner, StoredTool tool) {
    return new WireTool(
        tool.id(),
        tool.name(),
        tool.type(),
        tool.description(),
        tool.sourceType(),
        tool.sourceCode(),
        tool.schema(),
        tool.tags(),
        tool.returnCharLimit(),
        tool.pipRequirements(),
        tool.requiresApproval(),
        tool.parallel(),
        tool.metadata(),
        owner.id(),
        owner.id(),
        Wire.time(tool.createdAt()),
        Wire.time(tool.updatedAt()));
  }

  @JsonAnyGetter
  Map<String, @Nullable Object> absent() {
    return ABSENT;
  }
}
