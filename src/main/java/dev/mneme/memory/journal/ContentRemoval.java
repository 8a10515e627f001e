package dev.mneme.memory.journal;

import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes contents of a subject, salts and all. What stays and was the difference from something
 * removed is stored whole first, so that it can still be read and reveals nothing.
 */
final class ContentRemoval {
  private ContentRemoval() {}

  /** Decides about a content. */
  interface Doomed {
    boolean test(long sequence, State state);
  }

  /** Whether a content would be removed. */
  static boolean any(Reads reads, String subject, Doomed doomed) {
    Optional<String> state = Optional.empty();
    for (Contents.Row row : rows(reads, subject)) {
      state = Contents.expand(state, row);
      if (state.isEmpty() || doomed.test(row.sequence(), new State(state.get()))) {
        return true;
      }
    }
    return false;
  }

  private static List<Contents.Row> rows(Reads reads, String subject) {
    return reads
        .query(
            "SELECT sequence, depth, salt, body FROM journal_content"
                + " WHERE subject = :subject AND owner_id = :owner ORDER BY sequence")
        .bind("subject", subject)
        .map((rs, _) ->
            new Contents.Row(rs.getLong(1), rs.getInt(2), rs.getString(3), rs.getString(4)))
        .list();
  }

  /** How many were removed. */
  static int remove(Tx tx, String subject, Doomed doomed) {
    List<Long> removed = new ArrayList<>();
    List<Contents.Row> whole = new ArrayList<>();
    Optional<String> state = Optional.empty();
    boolean baseStays = true;
    for (Contents.Row row : rows(tx, subject)) {
      state = Contents.expand(state, row);
      // What cannot be read any more cannot be shown to be harmless.
      boolean goes = state.isEmpty() || doomed.test(row.sequence(), new State(state.get()));
      if (goes) {
        removed.add(row.sequence());
      } else if (!baseStays && row.depth() > 0) {
        whole.add(new Contents.Row(row.sequence(), 0, row.salt(), state.orElseThrow()));
      }
      baseStays = !goes;
    }
    removed.forEach(sequence -> Contents.remove(tx, subject, sequence));
    for (Contents.Row row : whole) {
      Contents.remove(tx, subject, row.sequence());
      Contents.put(tx, subject, row);
    }
    return removed.size();
  }
}
