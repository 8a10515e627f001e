package dev.mneme.memory;

import java.time.Instant;
import java.util.Map;

/**
 * A named collection of passages, attachable to several agents.
 *
 * @param id {@code archive-<uuid4>}
 * @param sequence the journal sequence of its last own change, not of its passages'
 */
public record Archive(
    String id,
    String name,
    String description,
    Map<String, Object> metadata,
    Instant createdAt,
    Instant updatedAt,
    long sequence) {
  public static final String KIND = "archive";

  public Archive {
    Fields.name("archive name", name);
    Fields.description(description);
    metadata = Fields.metadata(metadata);
  }
}
