package dev.mneme.memory.journal;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.store.Database;
import dev.mneme.store.Scope;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes old contents by policy; the rows and their chain stay. */
final class Pruner {
  private static final int PAGE = 500;

  private final Database database;

  Pruner(Database database) {
    this.database = database;
  }

  /** How many contents were removed. */
  int prune(Owner owner, Instant olderThan, int keepLast) {
    if (keepLast < 1) {
      throw MnemeException.invalid(
          "invalid_policy", "At least the last version of everything is kept; give 1 or more.");
    }
    Scope scope = database.scope(owner);
    long before =
        scope.read(reads ->
            reads
                .query(
                    "SELECT coalesce(max(sequence), 0) FROM journal"
                        + " WHERE owner_id = :owner AND at < :time")
                .bind("time", Timestamps.text(olderThan))
                .mapTo(Long.class)
                .one());
    int removed = 0;
    String after = "";
    while (true) {
      List<String> subjects = subjects(scope, after, keepLast);
      if (subjects.isEmpty()) {
        return removed;
      }
      for (String subject : subjects) {
        removed += scope.write(tx -> prune(tx, subject, before, keepLast));
      }
      after = subjects.getLast();
    }
  }

  private static int prune(dev.mneme.store.Tx tx, String subject, long before, int keepLast) {
    Set<Long> kept =
        new HashSet<>(
            tx.query(
                    "SELECT sequence FROM journal_version WHERE subject = :subject"
                        + " AND owner_id = :owner ORDER BY sequence DESC LIMIT :keep")
                .bind("subject", subject)
                .bind("keep", keepLast)
                .mapTo(Long.class)
                .list());
    return ContentRemoval.remove(
        tx, subject, (sequence, _) -> sequence <= before && !kept.contains(sequence));
  }

  private static List<String> subjects(Scope scope, String after, int keepLast) {
    return scope.read(reads ->
        reads
            .query(
                "SELECT subject FROM journal_content WHERE owner_id = :owner"
                    + " AND subject > :after GROUP BY subject HAVING count(*) > :keep"
                    + " ORDER BY subject LIMIT :limit")
            .bind("after", after)
            .bind("keep", keepLast)
            .bind("limit", PAGE)
            .mapTo(String.class)
            .list());
  }
}
