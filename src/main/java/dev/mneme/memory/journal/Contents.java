package dev.mneme.memory.journal;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import dev.mneme.memory.text.ContentDelta;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What subjects were after each change. Large states that changed little stand as the difference
 * from the version before, with a whole one at least every {@value #SNAPSHOT_EVERY} versions.
 */
final class Contents {
  static final int SNAPSHOT_EVERY = 16;
  private static final int SMALL = 400;

  private Contents() {}

  /** A stored body; {@code depth} counts the differences down to a whole one. */
  record Row(long sequence, int depth, String salt, String body) {}

  /** The last version of a subject. */
  record Last(long sequence, String after, Optional<String> salt, int depth) {
    /** Whether this state is what that version left; without a salt nobody can tell. */
    boolean matches(Optional<State> state) {
      if (state.isEmpty() || after.isEmpty()) {
        return state.isEmpty() && after.isEmpty();
      }
      return salt.isPresent() && after.equals(Digests.hash(salt.get(), state.get().json()));
    }
  }

  static Optional<Last> last(Reads reads, String subject) {
    return reads
        .query(
            "SELECT v.sequence, v.after_hash, c.salt, c.depth FROM journal_version v"
                + " LEFT JOIN journal_content c ON c.subject = v.subject"
                + " AND c.sequence = v.sequence"
                + " WHERE v.subject = :subject AND v.owner_id = :owner"
                + " ORDER BY v.sequence DESC LIMIT 1")
        .bind("subject", subject)
        .map((rs, _) ->
            new Last(
                rs.getLong(1), rs.getString(2), Optional.ofNullable(rs.getString(3)), rs.getInt(4)))
        .findFirst();
  }

  /** Stores a state, as a difference where a trusted state before it makes that worthwhile. */
  static void store(
      Tx tx,
      long sequence,
      String subject,
      State state,
      String salt,
      int depth,
      Optional<State> before) {
    Optional<String> delta =
        state.json().length() < SMALL || depth >= SNAPSHOT_EVERY
            ? Optional.empty()
            : before.flatMap(b -> ContentDelta.encode(b.json(), state.json()));
    put(
        tx,
        subject,
        new Row(sequence, delta.isPresent() ? depth : 0, salt, delta.orElse(state.json())));
  }

  static void put(Tx tx, String subject, Row row) {
    tx.update(
            "INSERT INTO journal_content (sequence, subject, owner_id, depth, salt, body)"
                + " VALUES (:sequence, :subject, :owner, :depth, :salt, :body)")
        .bind("sequence", row.sequence())
        .bind("subject", subject)
        .bind("depth", row.depth())
        .bind("salt", row.salt())
        .bind("body", row.body())
        .execute();
  }

  static void remove(Tx tx, String subject, long sequence) {
    tx.update(
            "DELETE FROM journal_content WHERE subject = :subject AND sequence = :sequence"
                + " AND owner_id = :owner")
        .bind("subject", subject)
        .bind("sequence", sequence)
        .execute();
  }

  /**
   * The state a row left, or empty when its content was removed.
   *
   * @param hash what the journal says about it
   */
  static Optional<State> load(Reads reads, String subject, long sequence, String hash) {
    List<Row> rows = new ArrayList<>();
    try (var stream =
        reads
            .query(
                "SELECT sequence, depth, salt, body FROM journal_content"
                    + " WHERE subject = :subject AND sequence <= :sequence AND owner_id = :owner"
                    + " ORDER BY sequence DESC")
            .bind("subject", subject)
            .bind("sequence", sequence)
            .map((rs, _) -> new Row(rs.getLong(1), rs.getInt(2), rs.getString(3), rs.getString(4)))
            .iterator()) {
      while (stream.hasNext()) {
        Row row = stream.next();
        rows.add(row);
        if (rows.getFirst().sequence() != sequence || row.depth() == 0) {
          break;
        }
      }
    }
    if (rows.isEmpty() || rows.getFirst().sequence() != sequence) {
      return Optional.empty();
    }
    String json = rows.getLast().body();
    for (Row row : rows.reversed().subList(1, rows.size())) {
      json = expand(Optional.of(json), row).orElse("");
    }
    if (!hash.equals(Digests.hash(rows.getFirst().salt(), json))) {
      throw MnemeException.of(
          ErrorKind.INTERNAL,
          "journal_damaged",
          "The journal's content at sequence "
              + sequence
              + " was changed outside Mneme. Run"
              + " 'mneme doctor --verify' and restore a backup.");
    }
    return Optional.of(new State(json));
  }

  /** The whole state of a row, given the one before; empty when that does not fit. */
  static Optional<String> expand(Optional<String> previous, Row row) {
    if (row.depth() == 0) {
      return Optional.of(row.body());
    }
    try {
      return previous.map(base -> ContentDelta.apply(base, row.body()));
    } catch (IndexOutOfBoundsException | NumberFormatException _) {
      return Optional.empty();
    }
  }
}
