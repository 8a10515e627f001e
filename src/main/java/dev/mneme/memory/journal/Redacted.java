package dev.mneme.memory.journal;

import java.util.List;

/**
 * What a redaction did.
 *
 * @param sequence the last entry it wrote; 0 when no present row held the text
 * @param subjects what held the text, now or earlier
 * @param contents how many stored contents were removed
 * @param entries how many journal rows lost their names
 */
public record Redacted(long sequence, List<Subject> subjects, int contents, int entries) {
  public Redacted {
    subjects = List.copyOf(subjects);
  }
}
