package dev.mneme.memory;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.memory.journal.Stamp;
import dev.mneme.memory.journal.State;
import dev.mneme.memory.journal.Subject;
import dev.mneme.memory.journal.Unit;
import dev.mneme.memory.text.TextRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes passages as parts of a change. Thread-safe. */
final class PassageWriter {
  private static final int MAX_BATCH_CHARS = 20_000_000;

  private final Ids ids;

  PassageWriter(Ids ids) {
    this.ids = ids;
  }

  Passage insert(Unit unit, String archiveId, PassageDraft draft) {
    Passage passage = made(archiveId, draft, unit);
    State state = PassageRows.state(passage);
    long sequence = unit.create(subject(passage), "insert", state);
    return PassageRows.passage(passage.id(), state, new Stamp(sequence, unit.at()));
  }

  /** Inserts many with one journal row. */
  List<Passage> insertAll(Unit unit, String archiveId, List<PassageDraft> drafts) {
    List<Unit.Edit> made = new ArrayList<>(drafts.size());
    for (PassageDraft draft : drafts) {
      Passage passage = made(archiveId, draft, unit);
      made.add(
          new Unit.Edit(passage.id(), Optional.empty(), Optional.of(PassageRows.state(passage))));
    }
    long sequence = unit.writeBatch(Passage.KIND, archiveId, "insert_batch", made);
    Stamp stamp = new Stamp(sequence, unit.at());
    return made.stream()
        .map(m -> PassageRows.passage(m.id(), m.after().orElseThrow(), stamp))
        .toList();
  }

  static Passage update(Unit unit, Passage old, PassageUpdate update) {
    State before = PassageRows.state(old);
    State after = PassageRows.state(update.applyTo(old));
    if (before.equals(after)) {
      return old;
    }
    long sequence = unit.write(subject(old), "update", Optional.of(before), Optional.of(after));
    return PassageRows.passage(old.id(), after, new Stamp(sequence, unit.at()));
  }

  static void remove(Unit unit, Passage passage) {
    unit.write(
        subject(passage), "delete", Optional.of(PassageRows.state(passage)), Optional.empty());
  }

  static void requireBounded(List<PassageDraft> drafts) {
    if (drafts.size() > ArchiveService.MAX_BATCH) {
      throw MnemeException.limit(
          "batch_too_large",
          "A batch holds at most " + ArchiveService.MAX_BATCH + " passages; split it.");
    }
    long characters = 0;
    for (PassageDraft draft : drafts) {
      characters += TextRules.length(draft.text());
    }
    if (characters > MAX_BATCH_CHARS) {
      throw MnemeException.limit(
          "batch_too_large",
          "A batch holds at most " + MAX_BATCH_CHARS + " characters of text; split it.");
    }
  }

  private Passage made(String archiveId, PassageDraft draft, Unit unit) {
    return new Passage(
        ids.next("passage"),
        archiveId,
        draft.text(),
        draft.tags(),
        draft.metadata(),
        draft.createdAt().orElse(unit.at()),
        unit.at(),
        0);
  }

  private static Subject subject(Passage passage) {
    return new Subject(Passage.KIND, passage.id(), passage.archiveId());
  }
}
