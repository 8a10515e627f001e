package dev.mneme.memory.journal;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.store.Database;
import dev.mneme.store.Reads;
import dev.mneme.store.Scope;
import dev.mneme.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes changes back, and takes that back: all or nothing. */
final class Undoing {
  private static final int ATTEMPTS = 5;

  private final Database database;
  private final Journal journal;
  private final Stores stores;

  Undoing(Database database, Journal journal, Stores stores) {
    this.database = database;
    this.journal = journal;
    this.stores = stores;
  }

  /** The entry that takes this one back, if that was not taken back itself. */
  static Optional<Long> undoneBy(Reads reads, long sequence) {
    List<Long> undos =
        reads
            .query(
                "SELECT sequence FROM journal_link WHERE target = :target"
                    + " AND relation = :relation AND owner_id = :owner ORDER BY sequence DESC")
            .bind("target", sequence)
            .bind("relation", Link.UNDOES)
            .mapTo(Long.class)
            .list();
    // Each undo came after the one before it was taken back, so only the newest can hold.
    return undos.isEmpty() || undoneBy(reads, undos.getFirst()).isPresent()
        ? Optional.empty()
        : Optional.of(undos.getFirst());
  }

  Undone undo(Owner owner, UndoRequest request, String operation, Change change) {
    Scope scope = database.scope(owner);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      UndoPlan plan =
          scope.read(reads -> UndoPlan.of(reads, stores, UndoSelection.select(reads, request)));
      Optional<Undone> undone =
          journal.write(owner, change, (tx, unit) -> apply(tx, unit, plan, operation, change));
      if (undone.isPresent()) {
        return undone.get();
      }
    }
    throw MnemeException.conflict(
        "memory_busy",
        "The memory kept changing while this was prepared. Nothing was undone; try again.");
  }

  Undone redo(Owner owner, long sequence, Change change) {
    boolean undo =
        database
            .scope(owner)
            .read(reads ->
                JournalRows.links(reads, sequence).stream()
                    .anyMatch(link -> link.relation().equals(Link.UNDOES)));
    if (!undo) {
      throw MnemeException.invalid(
          "not_an_undo",
          "Sequence " + sequence + " is not an undo; give the sequence that an undo returned.");
    }
    return undo(owner, UndoRequest.call(sequence), "redo", change);
  }

  private Optional<Undone> apply(Tx tx, Unit unit, UndoPlan plan, String operation, Change change) {
    if (!plan.isCurrent(tx)) {
      return Optional.empty();
    }
    List<Long> sequences = new ArrayList<>();
    for (List<UndoPlan.Step> group : ordered(plan.steps())) {
      Subject first = group.getFirst().subject();
      SubjectStore store = stores.of(first.kind());
      group.forEach(step -> store.requireMayUndo(step.current(), change));
      List<Unit.Edit> edits =
          group.stream()
              .map(step -> new Unit.Edit(step.subject().id(), step.current(), step.target()))
              .toList();
      sequences.add(
          unit.writeAll(
              edits.size() == 1
                  ? first
                  : new Subject(first.kind(), first.container(), first.container()),
              operation,
              edits,
              undoneIn(tx, plan, first)));
    }
    List<Subject> subjects = plan.steps().stream().map(UndoPlan.Step::subject).toList();
    return Optional.of(new Undone(List.copyOf(plan.chosen()), sequences, subjects));
  }

  /** The chosen entries of one kind in one container. */
  private static List<Long> undoneIn(Reads reads, UndoPlan plan, Subject subject) {
    return plan.chosen().stream()
        .filter(sequence -> {
          Subject other = JournalRows.find(reads, sequence).orElseThrow().entry().subject();
          return other.kind().equals(subject.kind())
              && other.container().equals(subject.container());
        })
        .toList();
  }

  /**
   * The steps by kind and container: first what goes, those that refer to others before these, then
   * what comes back, in the opposite order.
   */
  private List<List<UndoPlan.Step>> ordered(List<UndoPlan.Step> steps) {
    record Group(boolean comes, String kind, String container) {}

    Map<Group, List<UndoPlan.Step>> groups = new LinkedHashMap<>();
    for (UndoPlan.Step step : steps) {
      Group group =
          new Group(step.target().isPresent(), step.subject().kind(), step.subject().container());
      groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(step);
    }
    return groups.entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<Group, List<UndoPlan.Step>> entry) -> entry.getKey().comes())
                .thenComparingInt(entry ->
                    entry.getKey().comes()
                        ? stores.rank(entry.getKey().kind())
                        : -stores.rank(entry.getKey().kind())))
        .map(Map.Entry::getValue)
        .toList();
  }
}
