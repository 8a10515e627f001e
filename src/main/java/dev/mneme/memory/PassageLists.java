package dev.mneme.memory;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Timestamps;
import dev.mneme.store.Reads;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds passages without the index. */
final class PassageLists {
  private PassageLists() {}

  static List<Passage> list(Reads reads, String archiveId, PassagePage page) {
    String time = page.newestFirst() ? "9999" : "";
    String id = "";
    if (page.after().isPresent()) {
      Passage after =
          PassageRows.find(reads, page.after().get())
              .filter(passage -> passage.archiveId().equals(archiveId))
              .orElseThrow(() ->
                  MnemeException.invalid(
                      "unknown_cursor",
                      "The passage to continue after is gone or stands in another archive;"
                          + " begin again without it."));
      time = Timestamps.text(after.createdAt());
      id = after.id();
    }
    String compare = page.newestFirst() ? "<" : ">";
    String order = page.newestFirst() ? " DESC" : "";
    return reads
        .query(
            "SELECT "
                + PassageRows.COLUMNS
                + " FROM passage"
                + " WHERE archive_id = :archive AND owner_id = :owner"
                + " AND (created_at "
                + compare
                + " :time"
                + " OR (created_at = :time AND passage_id "
                + compare
                + " :id))"
                + " ORDER BY created_at"
                + order
                + ", passage_id"
                + order
                + " LIMIT :limit")
        .bind("archive", archiveId)
        .bind("time", time)
        .bind("id", id)
        .bind("limit", page.limit())
        .map((rs, _) -> PassageRows.read(rs))
        .list();
  }

  static List<Passage> all(Reads reads, String archiveId) {
    return reads
        .query(
            "SELECT "
                + PassageRows.COLUMNS
                + " FROM passage WHERE archive_id = :archive AND owner_id = :owner ORDER BY"
                + " sequence, passage_id")
        .bind("archive", archiveId)
        .map((rs, _) -> PassageRows.read(rs))
        .list();
  }

  static List<Archive> archivesOf(Reads reads, String agentId) {
    return AttachmentRows.ofAgent(reads, agentId).stream()
        .filter(attachment -> !attachment.isBlock())
        .flatMap(attachment -> ArchiveRows.find(reads, attachment.targetId()).stream())
        .toList();
  }

  static Map<String, Passage> byIds(Reads reads, List<String> ids) {
    Map<String, Passage> found = new HashMap<>();
    ids.forEach(id -> PassageRows.find(reads, id).ifPresent(p -> found.put(id, p)));
    return found;
  }

  static long count(Reads reads, String archiveId) {
    return reads
        .query("SELECT count(*) FROM passage WHERE archive_id = :archive AND owner_id = :owner")
        .bind("archive", archiveId)
        .mapTo(Long.class)
        .one();
  }

  static Map<String, Long> tagCounts(Reads reads, String archiveId) {
    Map<String, Long> counts = new HashMap<>();
    try (var tags =
        reads
            .query(
                "SELECT tags FROM passage WHERE archive_id = :archive AND owner_id = :owner"
                    + " AND tags <> '[]'")
            .bind("archive", archiveId)
            .mapTo(String.class)
            .iterator()) {
      tags.forEachRemaining(each -> count(each, counts));
    }
    return mostFrequentFirst(counts);
  }

  /** As {@link #tagCounts}, of an archive's last passages alone: costs the same for any archive. */
  static Map<String, Long> lastTagCounts(Reads reads, String archiveId, int passages) {
    Map<String, Long> counts = new HashMap<>();
    reads
        .query(
            "SELECT tags FROM passage WHERE archive_id = :archive AND owner_id = :owner"
                + " ORDER BY created_at DESC, passage_id DESC LIMIT :limit")
        .bind("archive", archiveId)
        .bind("limit", passages)
        .mapTo(String.class)
        .list()
        .forEach(each -> count(each, counts));
    return mostFrequentFirst(counts);
  }

  private static void count(String tags, Map<String, Long> counts) {
    Fields.tagsOf(tags).forEach(tag -> counts.merge(tag, 1L, Long::sum));
  }

  private static Map<String, Long> mostFrequentFirst(Map<String, Long> counts) {
    Map<String, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
