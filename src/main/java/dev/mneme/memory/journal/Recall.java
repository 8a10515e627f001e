package dev.mneme.memory.journal;

import dev.mneme.store.Reads;
import java.util.Optional;

/**
 * What is known about a subject at a moment.
 *
 * @param sequence the row that left it so; 0 when the subject did not exist yet
 * @param state empty when it did not exist, or when its content was removed
 * @param removed whether it existed but its content was redacted or pruned
 */
public record Recall(long sequence, Optional<State> state, boolean removed) {
  static Recall at(Reads reads, String subject, long sequence) {
    record Found(long sequence, String after) {}

    Optional<Found> found =
        reads
            .query(
                "SELECT sequence, after_hash FROM journal_version WHERE subject = :subject"
                    + " AND sequence <= :sequence AND owner_id = :owner"
                    + " ORDER BY sequence DESC LIMIT 1")
            .bind("subject", subject)
            .bind("sequence", sequence)
            .map((rs, _) -> new Found(rs.getLong(1), rs.getString(2)))
            .findFirst();
    if (found.isEmpty()) {
      return new Recall(0, Optional.empty(), false);
    }
    long row = found.get().sequence();
    if (found.get().after().isEmpty()) {
      return new Recall(row, Optional.empty(), false);
    }
    Optional<State> state = Contents.load(reads, subject, row, found.get().after());
    return new Recall(row, state, state.isEmpty());
  }
}
