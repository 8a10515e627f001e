package dev.mneme.memory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What to change about a passage; absent parts stay as they are. */
public record PassageUpdate(
    Optional<String> text, Optional<List<String>> tags, Optional<Map<String, Object>> metadata) {
  public static PassageUpdate text(String text) {
    return new PassageUpdate(Optional.of(text), Optional.empty(), Optional.empty());
  }

  Passage applyTo(Passage passage) {
    return new Passage(
        passage.id(),
        passage.archiveId(),
        text.orElse(passage.text()),
        tags.orElse(passage.tags()),
        metadata.orElse(passage.metadata()),
        passage.createdAt(),
        passage.updatedAt(),
        passage.sequence());
  }
}
