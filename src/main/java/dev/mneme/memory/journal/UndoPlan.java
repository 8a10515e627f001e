package dev.mneme.memory.journal;

import dev.mneme.common.MnemeException;
import dev.mneme.store.Reads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;

/**
 * What every subject shall be once the chosen entries are taken back. Made from a snapshot, outside
 * the one writing thread, because merging may take long; {@link #isCurrent} tells whether it still
 * holds.
 *
 * @param chosen the entries to take back
 */
record UndoPlan(NavigableSet<Long> chosen, List<Step> steps) {
  /**
   * The new state of a subject.
   *
   * @param last the sequence of its last version when the plan was made
   */
  record Step(Subject subject, Optional<State> current, Optional<State> target, long last) {}

  static UndoPlan of(Reads reads, Stores stores, NavigableSet<Long> chosen) {
    Map<String, Subject> subjects = new LinkedHashMap<>();
    for (long sequence : chosen) {
      Entry entry = JournalRows.find(reads, sequence).orElseThrow().entry();
      for (Version version : JournalRows.versions(reads, sequence)) {
        subjects.put(
            version.subject(),
            new Subject(version.kind(), version.subject(), entry.subject().container()));
      }
    }
    List<Step> steps = new ArrayList<>();
    List<Map<String, Object>> conflicts = new ArrayList<>();
    for (Subject subject : subjects.values()) {
      steps.add(step(reads, stores.of(subject.kind()), subject, chosen, conflicts));
    }
    if (!conflicts.isEmpty()) {
      throw conflict(conflicts);
    }
    return new UndoPlan(chosen, steps);
  }

  private static Step step(
      Reads reads,
      SubjectStore store,
      Subject subject,
      NavigableSet<Long> chosen,
      List<Map<String, Object>> conflicts) {
    List<Long> versions =
        reads
            .query(
                "SELECT sequence FROM journal_version WHERE subject = :subject"
                    + " AND sequence >= :first AND owner_id = :owner ORDER BY sequence DESC")
            .bind("subject", subject.id())
            .bind("first", chosen.first())
            .mapTo(Long.class)
            .list();
    Optional<State> current = store.current(reads, subject.id());
    Optional<State> target = current;
    Set<Long> later = new LinkedHashSet<>();
    StateMerge merge = new StateMerge(store.textFields());
    for (int newest = 0; newest < versions.size(); newest++) {
      if (!chosen.contains(versions.get(newest))) {
        later.add(versions.get(newest));
        continue;
      }
      int oldest = newest;
      while (oldest + 1 < versions.size() && chosen.contains(versions.get(oldest + 1))) {
        oldest++;
      }
      Optional<State> after = known(reads, subject, versions.get(newest));
      Optional<State> before = known(reads, subject, versions.get(oldest) - 1);
      StateMerge.Merged merged = merge.merge(after, target, before);
      if (merged.overlaps()) {
        conflicts.add(
            Map.of(
                "kind", subject.kind(),
                "subject", subject.id(),
                "undoing", List.copyOf(versions.subList(newest, oldest + 1)),
                "sequences", List.copyOf(later),
                "diff", new StateDiff(store.textFields()).between(after, before),
                "since", new StateDiff(store.textFields()).between(after, current)));
        break;
      }
      target = merged.state();
      newest = oldest;
    }
    return new Step(subject, current, target, versions.getFirst());
  }

  private static Optional<State> known(Reads reads, Subject subject, long sequence) {
    Recall recall = Recall.at(reads, subject.id(), sequence);
    if (recall.removed()) {
      throw MnemeException.conflict(
              "content_removed",
              "This cannot be undone: what "
                  + subject.kind()
                  + " "
                  + subject.id()
                  + " was at sequence "
                  + recall.sequence()
                  + " was redacted or pruned. Edit it by hand instead.")
          .withDetails(Map.of("subject", subject.id(), "sequence", recall.sequence()));
    }
    return recall.state();
  }

  private static MnemeException conflict(List<Map<String, Object>> conflicts) {
    Map<String, Object> first = conflicts.getFirst();
    return MnemeException.conflict(
            "undo_conflict",
            "Nothing was undone: later changes "
                + first.get("sequences")
                + " touch the same part of "
                + first.get("kind")
                + " "
                + first.get("subject")
                + ". Undo those first, or edit by hand; the details hold the difference.")
        .withDetails(
            Map.of(
                "conflicts",
                List.copyOf(conflicts),
                "diff",
                first.get("diff"),
                "sequences",
                first.get("sequences")));
  }

  boolean isCurrent(Reads reads) {
    for (Step step : steps) {
      if (Contents.last(reads, step.subject().id()).orElseThrow().sequence() != step.last()) {
        return false;
      }
    }
    return true;
  }
}
