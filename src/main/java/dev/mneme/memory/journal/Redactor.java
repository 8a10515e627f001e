package dev.mneme.memory.journal;

import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Takes a text out of the present rows, the stored contents and the names in journal rows. */
final class Redactor {
  private final Stores stores;

  Redactor(Stores stores) {
    this.stores = stores;
  }

  List<Subject> holding(Reads reads, Scope scope, Redaction redaction) {
    return subjects(reads, scope).stream()
        .filter(subject ->
            stores
                    .of(subject.kind())
                    .current(reads, subject.id())
                    .filter(redaction::isIn)
                    .isPresent()
                || ContentRemoval.any(reads, subject.id(), (_, state) -> redaction.isIn(state)))
        .toList();
  }

  Redacted redact(Tx tx, Unit unit, Scope scope, Redaction redaction) {
    List<Subject> touched = new ArrayList<>();
    int contents = 0;
    for (Subject subject : subjects(tx, scope)) {
      SubjectStore store = stores.of(subject.kind());
      Optional<State> current = store.current(tx, subject.id());
      boolean present = current.isPresent() && redaction.isIn(current.get());
      if (present) {
        unit.write(
            subject, "redact", current, current.map(state -> store.redacted(state, redaction)));
      }
      int removed = ContentRemoval.remove(tx, subject.id(), (_, state) -> redaction.isIn(state));
      contents += removed;
      if (present || removed > 0) {
        touched.add(subject);
      }
    }
    return new Redacted(unit.lastSequence(), touched, contents, names(tx, redaction));
  }

  /**
   * Where to look.
   *
   * @param containers all subjects ever in these
   * @param subjects and these
   */
  record Scope(Set<String> containers, Set<String> subjects) {}

  private static List<Subject> subjects(Reads reads, Scope scope) {
    List<Subject> found = new ArrayList<>();
    for (String container : scope.containers()) {
      found.addAll(
          reads
              .query(
                  "SELECT DISTINCT v.kind, v.subject, j.container FROM journal j"
                      + " JOIN journal_version v ON v.sequence = j.sequence"
                      + " WHERE j.owner_id = :owner AND j.container = :container"
                      + " ORDER BY v.subject")
              .bind("container", container)
              .map((rs, _) -> new Subject(rs.getString(1), rs.getString(2), rs.getString(3)))
              .list());
    }
    for (String subject : scope.subjects()) {
      found.addAll(
          reads
              .query(
                  "SELECT v.kind, v.subject, j.container FROM journal_version v"
                      + " JOIN journal j ON j.sequence = v.sequence"
                      + " WHERE v.owner_id = :owner AND v.subject = :subject"
                      + " ORDER BY v.sequence DESC LIMIT 1")
              .bind("subject", subject)
              .map((rs, _) -> new Subject(rs.getString(1), rs.getString(2), rs.getString(3)))
              .list());
    }
    return found.stream().distinct().toList();
  }

  private static int names(Tx tx, Redaction redaction) {
    List<Entry> entries =
        tx.query(
                "SELECT "
                    + JournalRows.COLUMNS
                    + " FROM journal j WHERE j.owner_id = :owner"
                    + " AND (j.actor LIKE :text ESCAPE '!' OR j.source LIKE :text ESCAPE '!'"
                    + " OR j.run LIKE :text ESCAPE '!' OR j.step LIKE :text ESCAPE '!'"
                    + " OR j.tool_call LIKE :text ESCAPE '!')")
            .bind("text", "%" + redaction.text().replaceAll("([!%_])", "!$1") + "%")
            .map((rs, _) -> JournalRows.read(rs).entry())
            .list();
    int changed = 0;
    for (Entry entry : entries) {
      // LIKE may be blind to case.
      if (Stream.concat(
              Stream.of(entry.actor()),
              Stream.of(entry.source(), entry.run(), entry.step(), entry.toolCall())
                  .flatMap(Optional::stream))
          .noneMatch(redaction::isIn)) {
        continue;
      }
      changed +=
          tx.update(
                  "UPDATE journal SET actor = :actor, source = :source, run = :run, step = :step,"
                      + " tool_call = :toolCall, who_salt = ''"
                      + " WHERE sequence = :sequence AND owner_id = :owner")
              .bind("actor", redaction.applyTo(entry.actor()))
              .bind("source", entry.source().map(redaction::applyTo))
              .bind("run", entry.run().map(redaction::applyTo))
              .bind("step", entry.step().map(redaction::applyTo))
              .bind("toolCall", entry.toolCall().map(redaction::applyTo))
              .bind("sequence", entry.sequence())
              .execute();
    }
    return changed;
  }
}
