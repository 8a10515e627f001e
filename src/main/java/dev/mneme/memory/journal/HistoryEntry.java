package dev.mneme.memory.journal;

import java.util.List;
import java.util.Optional;

/**
 * A journal entry with what it did.
 *
 * @param parents what it was derived from
 * @param undoes what it takes back
 * @param undoneBy the entry that took it back, if that holds still
 * @param subjects how many subjects it changed; a batch changes many
 * @param changes the first few of them
 */
public record HistoryEntry(
    Entry entry,
    List<Long> parents,
    List<Long> undoes,
    Optional<Long> undoneBy,
    int subjects,
    List<SubjectChange> changes) {
  public HistoryEntry {
    parents = List.copyOf(parents);
    undoes = List.copyOf(undoes);
    changes = List.copyOf(changes);
  }

  /**
   * What an entry did to one subject.
   *
   * @param diff for people; empty when the contents were removed
   * @param removed whether contents were redacted or pruned
   */
  public record SubjectChange(String kind, String id, String diff, boolean removed) {}
}
