package dev.mneme.search;

import dev.mneme.memory.PassageQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to search for, whatever the kind.
 *
 * @param containers where to look; empty: everywhere of the owner's
 * @param labels of each of these sets a row must carry one
 * @param from created at or after this time
 * @param until created before this time
 */
record SearchQuery(
    Kind kind,
    String text,
    Set<String> containers,
    List<Set<String>> labels,
    Optional<Instant> from,
    Optional<Instant> until,
    int limit) {
  SearchQuery {
    containers = Set.copyOf(containers);
    labels = labels.stream().<Set<String>>map(Set::copyOf).toList();
  }

  static SearchQuery of(PassageQuery query) {
    Set<String> tags = query.tags();
    List<Set<String>> labels =
        switch (query.tagMatch()) {
          case ANY -> tags.isEmpty() ? List.of() : List.of(tags);
          case ALL -> tags.stream().map(Set::of).toList();
        };
    return new SearchQuery(
        Kind.PASSAGE,
        query.text(),
        query.archiveIds(),
        labels,
        query.from(),
        query.until(),
        query.limit());
  }
}
