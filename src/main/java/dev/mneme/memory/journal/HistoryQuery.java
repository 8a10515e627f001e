package dev.mneme.memory.journal;

import java.util.Optional;
import java.util.Set;

/**
 * Which journal entries to list, the newest first.
 *
 * @param containers entries of these blocks, archives or agents; empty: of all
 * @param subjects entries that changed one of these; empty: any
 * @param before only entries before this sequence, to page on
 * @param limit 1 to 500
 */
public record HistoryQuery(
    Set<String> containers,
    Set<String> subjects,
    Optional<String> run,
    Optional<String> source,
    Optional<Long> before,
    int limit) {
  private static final int MAX_NAMES = 2_000;

  public HistoryQuery {
    containers = Set.copyOf(containers);
    subjects = Set.copyOf(subjects);
    if (containers.size() + subjects.size() > MAX_NAMES) {
      throw dev.mneme.common.MnemeException.limit(
          "query_too_large",
          "A history may cover at most " + MAX_NAMES + " containers and subjects; ask in parts.");
    }
    limit = Math.clamp(limit, 1, 500);
  }

  public static HistoryQuery all(int limit) {
    return new HistoryQuery(
        Set.of(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
  }

  public HistoryQuery ofContainers(Set<String> ids) {
    return new HistoryQuery(ids, subjects, run, source, before, limit);
  }

  public HistoryQuery ofSubject(String id) {
    return new HistoryQuery(containers, Set.of(id), run, source, before, limit);
  }

  public HistoryQuery ofRun(String text) {
    return new HistoryQuery(containers, subjects, Optional.of(text), source, before, limit);
  }

  public HistoryQuery ofSource(String text) {
    return new HistoryQuery(containers, subjects, run, Optional.of(text), before, limit);
  }

  public HistoryQuery before(long sequence) {
    return new HistoryQuery(containers, subjects, run, source, Optional.of(sequence), limit);
  }
}
