package dev.mneme.api.memory;

import dev.mneme.api.http.Wire;
import dev.mneme.common.Owner;
import dev.mneme.memory.Archive;
import java.util.Map;
import java.util.Optional;

/** An archive as clients read it. */
record WireArchive(
    String id,
    String name,
    Optional<String> description,
    Map<String, Object> metadata,
    String vectorDbProvider,
    Optional<WireEmbedding> embeddingConfig,
    String organizationId,
    String createdById,
    String lastUpdatedById,
    String createdAt,
    String updatedAt) {
  static WireArchive of(Owner owner, Archive archive, Optional<WireEmbedding> embedding) {
    return new WireArchive(
        archive.id(),
        archive.name(),
        Optional.of(archive.description()).filter(text -> !text.isEmpty()),
        archive.metadata(),
        "native",
        embedding,
        Wire.ORGANIZATION,
        owner.id(),
        owner.id(),
        Wire.time(archive.createdAt()),
        Wire.time(archive.updatedAt()));
  }
}
