package dev.mneme.search;

import dev.mneme.common.Sha256;
import java.time.Instant;
import java.util.List;

/**
 * A passage or message as it stands in the database.
 *
 * @param container the archive or agent it belongs to
 * @param text empty: it is never found
 * @param labels what filters ask for: tags of a passage, role and conversation of a message
 * @param sequence that of its last change
 */
record SearchRow(
    Kind kind,
    String id,
    String owner,
    String container,
    String text,
    List<String> labels,
    Instant created,
    long sequence) {
  SearchRow {
    labels = List.copyOf(labels);
  }

  /** Under which its vector is stored: passages are copied and come back, messages are not. */
  String vectorName() {
    return kind == Kind.MESSAGE ? id : Sha256.hex(text);
  }
}
