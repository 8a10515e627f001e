package dev.mneme.memory;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What to search for, and where.
 *
 * @param text the words; empty: the newest passages that pass the filters
 * @param archiveIds the archives to look in; empty: all of the owner's
 * @param tags passages must carry all or any of these; empty: no condition
 * @param from passages created at or after this time
 * @param until passages created before this time
 * @param limit how many hits at the most, 1 to 200
 */
public record PassageQuery(
    String text,
    Set<String> archiveIds,
    Set<String> tags,
    TagMatch tagMatch,
    Optional<Instant> from,
    Optional<Instant> until,
    int limit) {
  /** Whether a passage must carry one or all of the tags asked for. */
  public enum TagMatch {
    ANY,
    ALL
  }

  public PassageQuery {
    archiveIds = Set.copyOf(archiveIds);
    tags = Set.copyOf(tags);
  }
}
