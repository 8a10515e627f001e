package dev.mneme.memory.journal;

import dev.mneme.store.Reads;
import java.util.List;
import java.util.Optional;

/** What the journal knows, read within a transaction. */
public final class JournalReads {
  private JournalReads() {}

  /** What a subject was once the row with this sequence was written. */
  public static Recall recall(Reads reads, String subject, long sequence) {
    return Recall.at(reads, subject, sequence);
  }

  /** Whether a subject exists now. */
  public static boolean exists(Reads reads, String subject) {
    return Contents.last(reads, subject).filter(last -> !last.after().isEmpty()).isPresent();
  }

  /** Whether a subject or container exists or ever existed. */
  public static boolean knows(Reads reads, String id) {
    return Contents.last(reads, id).isPresent() || JournalRows.head(reads, id).sequence() > 0;
  }

  /** The last state a subject had, also when it is gone now. */
  public static Optional<State> lastState(Reads reads, String subject) {
    return reads
        .query(
            "SELECT sequence FROM journal_version WHERE subject = :subject"
                + " AND after_hash <> '' AND owner_id = :owner ORDER BY sequence DESC LIMIT 1")
        .bind("subject", subject)
        .mapTo(Long.class)
        .findFirst()
        .flatMap(sequence -> Recall.at(reads, subject, sequence).state());
  }

  /** All subjects of a kind that ever stood in a container. */
  public static List<String> subjectsOf(Reads reads, String container, String kind) {
    return reads
        .query(
            "SELECT DISTINCT v.subject FROM journal j"
                + " JOIN journal_version v ON v.sequence = j.sequence"
                + " WHERE j.owner_id = :owner AND j.container = :container AND v.kind = :kind"
                + " ORDER BY v.subject")
        .bind("container", container)
        .bind("kind", kind)
        .mapTo(String.class)
        .list();
  }
}
