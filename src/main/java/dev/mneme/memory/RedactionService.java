package dev.mneme.memory;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Journal;
import dev.mneme.memory.journal.JournalReads;
import dev.mneme.memory.journal.Redacted;
import dev.mneme.memory.journal.Redaction;
import dev.mneme.memory.journal.Subject;
import dev.mneme.store.Database;
import java.util.List;
import java.util.Set;

/**
 * Makes a text vanish from memory: from the present rows, from all stored earlier states, from the
 * names in the journal, from the search index and from what the database file holds of it on disk.
 *
 * <p>Copies outside the data folder, backups above all, are out of its reach. Thread-safe.
 */
public final class RedactionService {
  private final Database database;
  private final Journal journal;
  private final PassageIndex index;

  public RedactionService(Database database, Journal journal, PassageIndex index) {
    this.database = database;
    this.journal = journal;
    this.index = index;
  }

  /**
   * Redacts a text. When it fails half way, calling it again finishes the work.
   *
   * @param targetId an agent (with all it ever held), a block, an archive (with all its passages),
   *     or a passage
   */
  public Redacted redact(Owner owner, String targetId, String text, Change change) {
    Redaction redaction = new Redaction(text);
    Set<String> containers =
        Ids.isId("agent", targetId)
            ? database.scope(owner).read(reads -> MemoryHistory.everHeld(reads, targetId))
            : Ids.isId("passage", targetId) ? Set.of() : Set.of(targetId);
    Set<String> subjects = Ids.isId("passage", targetId) ? Set.of(targetId) : Set.of();
    requireKnown(owner, targetId);
    List<String> passages =
        journal.holding(owner, containers, subjects, redaction).stream()
            .filter(subject -> subject.kind().equals(Passage.KIND))
            .map(Subject::id)
            .toList();
    // Before the rows change, so that after a crash a second call still knows what to erase.
    erase(passages);
    Redacted redacted = journal.redact(owner, containers, subjects, redaction, change);
    // And again, as the index may have caught up with the old rows in between.
    erase(passages);
    if (!passages.isEmpty()) {
      index.refresh(passages, redacted.sequence());
    }
    database.forgetDeleted();
    return redacted;
  }

  private void erase(List<String> passages) {
    if (!passages.isEmpty()) {
      index.erase(passages);
    }
  }

  private void requireKnown(Owner owner, String targetId) {
    boolean known = database.scope(owner).read(reads -> JournalReads.knows(reads, targetId));
    if (!known) {
      throw MnemeException.notFound(
          "unknown_target",
          "Nothing with this id was ever remembered; give the id of an agent, block, archive or"
              + " passage.");
    }
  }
}
