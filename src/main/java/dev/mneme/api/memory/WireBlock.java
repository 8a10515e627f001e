package dev.mneme.api.memory;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.mneme.api.http.Wire;
import dev.mneme.common.Owner;
import dev.mneme.memory.Block;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A block as clients read it. */
public record WireBlock(
    String id,
    String label,
    String value,
    Optional<String> description,
    int limit,
    boolean readOnly,
    Map<String, Object> metadata,
    List<String> tags,
    boolean isTemplate,
    boolean preserveOnMigration,
    String createdById,
    String lastUpdatedById,
    String createdAt,
    String updatedAt) {
  private static final Map<String, @Nullable Object> ABSENT =
      Wire.absent(
          "hidden",
          "project_id",
          "template_name",
          "template_id",
          "base_template_id",
          "deployment_id",
          "entity_id");

  public static WireBlock of(Owner owner, Block block) {
    return new WireBlock(
        block.id(),
        block.label(),
        block.value(),
        Optional.of(block.description()).filter(text -> !text.isEmpty()),
        block.limit(),
        block.readOnly(),
        block.metadata(),
        block.tags(),
        false,
        false,
        owner.id(),
        owner.id(),
        Wire.time(block.createdAt()),
        Wire.time(block.updatedAt()));
  }

  public static List<WireBlock> all(Owner owner, List<Block> blocks) {
    return blocks.stream().map(block -> of(owner, block)).toList();
  }

  @JsonAnyGetter
  Map<String, @Nullable Object> absent() {
    return ABSENT;
  }
}
