package dev.mneme.memory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a new passage is made of; without a time it is the time of writing. */
public record PassageDraft(
    String text, List<String> tags, Map<String, Object> metadata, Optional<Instant> createdAt) {
  public static PassageDraft of(String text, String... tags) {
    return new PassageDraft(text, List.of(tags), Map.of(), Optional.empty());
  }
}
