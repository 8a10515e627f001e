package dev.mneme.memory;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.text.TextRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One piece of archival memory.
 *
 * @param id {@code passage-<uuid4>}
 * @param text 1 to {@value #MAX_TEXT} characters
 * @param createdAt when what it says came to be; given by the writer or the time of writing
 * @param sequence the journal sequence of its last change
 */
public record Passage(
    String id,
    String archiveId,
    String text,
    List<String> tags,
    Map<String, Object> metadata,
    Instant createdAt,
    Instant updatedAt,
    long sequence) {
  public static final String KIND = "passage";
  public static final int MAX_TEXT = 100_000;

  public Passage {
    if (text.isBlank()) {
      throw MnemeException.invalid("empty_text", "A passage needs a text; give at least one word.");
    }
    TextRules.bounded("passage", text, MAX_TEXT);
    tags = Fields.tags(tags);
    metadata = Fields.metadata(metadata);
  }
}
