package dev.mneme.api.memory;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.mneme.api.http.Wire;
import dev.mneme.common.Owner;
import dev.mneme.memory.Passage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A passage as clients read it; its vector stays inside. */
public record WirePassage(
    String id,
    String text,
    String archiveId,
    Optional<WireEmbedding> embeddingConfig,
    Map<String, Object> metadata,
    List<String> tags,
    boolean isDeleted,
    String organizationId,
    String createdById,
    String lastUpdatedById,
    String createdAt,
    String updatedAt) {
  private static final Map<String, @Nullable Object> ABSENT =
      Wire.absent("embedding", "source_id", "file_id", "file_name");

  public static WirePassage of(Owner owner, Passage passage, Optional<WireEmbedding> embedding) {
    return new WirePassage(
        passage.id(),
        passage.text(),
        passage.archiveId(),
        embedding,
        passage.metadata(),
        passage.tags(),
        false,
        Wire.ORGANIZATION,
        owner.id(),
        owner.id(),
        Wire.time(passage.createdAt()),
        Wire.time(passage.updatedAt()));
  }

  @JsonAnyGetter
  Map<String, @Nullable Object> absent() {
    return ABSENT;
  }
}
