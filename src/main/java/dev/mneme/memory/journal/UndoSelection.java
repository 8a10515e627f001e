package dev.mneme.memory.journal;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Timestamps;
import dev.mneme.store.Reads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the entries that a request means, without those taken back already. */
final class UndoSelection {
  private static final int MAX_ENTRIES = 10_000;

  private UndoSelection() {}

  static NavigableSet<Long> select(Reads reads, UndoRequest request) {
    NavigableSet<Long> chosen =
        switch (request) {
          case UndoRequest.Call call -> unit(reads, call.sequence());
          case UndoRequest.Run run -> run(reads, run.run());
          case UndoRequest.Source source -> source(reads, source);
        };
    boolean derived =
        switch (request) {
          case UndoRequest.Call call -> call.derived();
          case UndoRequest.Run run -> run.derived();
          case UndoRequest.Source _ -> true;
        };
    if (derived) {
      addDerived(reads, chosen);
    }
    requireBounded(chosen);
    return withoutUndone(reads, chosen);
  }

  private static NavigableSet<Long> withoutUndone(Reads reads, NavigableSet<Long> chosen) {
    NavigableSet<Long> open = new TreeSet<>();
    Map<Long, Long> undone = new TreeMap<>();
    for (long sequence : chosen) {
      Optional<Long> by = Undoing.undoneBy(reads, sequence);
      if (by.isPresent() && !chosen.contains(by.get())) {
        undone.put(sequence, by.get());
      } else {
        open.add(sequence);
      }
    }
    if (open.isEmpty()) {
      long by = undone.values().stream().max(Long::compare).orElseThrow();
      throw MnemeException.conflict(
              "already_undone",
              "This was undone already, by sequence "
                  + by
                  + ". To bring it back, redo: undo sequence "
                  + by
                  + ".")
          .withDetails(Map.of("undone_by", by));
    }
    return open;
  }

  private static NavigableSet<Long> unit(Reads reads, long sequence) {
    Entry entry =
        JournalRows.find(reads, sequence)
            .orElseThrow(() ->
                MnemeException.notFound(
                    "unknown_sequence",
                    "There is no journal entry "
                        + sequence
                        + "; look at the history for the right one."))
            .entry();
    return new TreeSet<>(
        reads
            .query("SELECT sequence FROM journal WHERE unit = :unit AND owner_id = :owner")
            .bind("unit", entry.unit())
            .mapTo(Long.class)
            .list());
  }

  private static NavigableSet<Long> run(Reads reads, String run) {
    return found(
        reads
            .query(
                "SELECT sequence FROM journal WHERE run = :run AND owner_id = :owner"
                    + " ORDER BY sequence LIMIT :limit")
            .bind("run", run)
            .bind("limit", MAX_ENTRIES + 1)
            .mapTo(Long.class)
            .list(),
        "run");
  }

  private static NavigableSet<Long> source(Reads reads, UndoRequest.Source source) {
    return found(
        reads
            .query(
                "SELECT sequence FROM journal WHERE source = :source AND owner_id = :owner"
                    + " AND sequence >= :sequence AND at >= :time ORDER BY sequence LIMIT :limit")
            .bind("source", source.source())
            .bind("sequence", source.sinceSequence())
            .bind("time", source.sinceTime().map(Timestamps::text).orElse(""))
            .bind("limit", MAX_ENTRIES + 1)
            .mapTo(Long.class)
            .list(),
        "source");
  }

  private static NavigableSet<Long> found(List<Long> sequences, String what) {
    if (sequences.isEmpty()) {
      throw MnemeException.notFound(
          "nothing_to_undo",
          "The journal has no change of this " + what + "; look at the history for its name.");
    }
    return new TreeSet<>(sequences);
  }

  private static void addDerived(Reads reads, NavigableSet<Long> chosen) {
    Deque<Long> open = new ArrayDeque<>(chosen);
    while (!open.isEmpty()) {
      requireBounded(chosen);
      List<Long> children =
          reads
              .query(
                  "SELECT sequence FROM journal_link WHERE target = :target"
                      + " AND relation = :relation AND owner_id = :owner")
              .bind("target", open.removeFirst())
              .bind("relation", Link.PARENT)
              .mapTo(Long.class)
              .list();
      for (long child : children) {
        if (chosen.add(child)) {
          open.add(child);
        }
      }
    }
  }

  private static void requireBounded(NavigableSet<Long> chosen) {
    if (chosen.size() > MAX_ENTRIES) {
      throw MnemeException.limit(
          "undo_too_large",
          "More than "
              + MAX_ENTRIES
              + " changes would be undone at once; undo in parts, beginning"
              + " with the newest.");
    }
  }
}
