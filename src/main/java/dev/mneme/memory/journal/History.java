package dev.mneme.memory.journal;

import dev.mneme.store.Reads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the journal for people and models. */
final class History {
  private static final int SHOWN_SUBJECTS = 10;

  private final Stores stores;

  History(Stores stores) {
    this.stores = stores;
  }

  List<HistoryEntry> list(Reads reads, HistoryQuery query) {
    return entries(reads, query).stream().map(entry -> describe(reads, entry)).toList();
  }

  private static List<Entry> entries(Reads reads, HistoryQuery query) {
    StringBuilder sql =
        new StringBuilder("SELECT ")
            .append(JournalRows.COLUMNS)
            .append(" FROM journal j WHERE j.owner_id = :owner");
    if (query.before().isPresent()) {
      sql.append(" AND j.sequence < :before");
    }
    if (query.run().isPresent()) {
      sql.append(" AND j.run = :run");
    }
    if (query.source().isPresent()) {
      sql.append(" AND j.source = :source");
    }
    if (!query.containers().isEmpty()) {
      sql.append(" AND j.container IN (<containers>)");
    }
    if (!query.subjects().isEmpty()) {
      sql.append(
          " AND j.sequence IN"
              + " (SELECT v.sequence FROM journal_version v WHERE v.subject IN (<subjects>))");
    }
    sql.append(" ORDER BY j.sequence DESC LIMIT :limit");
    var statement = reads.query(sql.toString()).bind("limit", query.limit());
    query.before().ifPresent(before -> statement.bind("before", before));
    query.run().ifPresent(run -> statement.bind("run", run));
    query.source().ifPresent(source -> statement.bind("source", source));
    if (!query.containers().isEmpty()) {
      statement.bindList("containers", List.copyOf(query.containers()));
    }
    if (!query.subjects().isEmpty()) {
      statement.bindList("subjects", List.copyOf(query.subjects()));
    }
    return statement.map((rs, _) -> JournalRows.read(rs).entry()).list();
  }

  private HistoryEntry describe(Reads reads, Entry entry) {
    List<Version> versions = JournalRows.versions(reads, entry.sequence());
    List<HistoryEntry.SubjectChange> changes = new ArrayList<>();
    for (Version version : versions.subList(0, Math.min(SHOWN_SUBJECTS, versions.size()))) {
      Recall before = Recall.at(reads, version.subject(), entry.sequence() - 1);
      Recall after = Recall.at(reads, version.subject(), entry.sequence());
      boolean removed = before.removed() || after.removed();
      String diff =
          removed
              ? ""
              : new StateDiff(stores.of(version.kind()).textFields())
                  .between(before.state(), after.state());
      changes.add(new HistoryEntry.SubjectChange(version.kind(), version.subject(), diff, removed));
    }
    List<Link> links = JournalRows.links(reads, entry.sequence());
    return new HistoryEntry(
        entry,
        targets(links, Link.PARENT),
        targets(links, Link.UNDOES),
        Undoing.undoneBy(reads, entry.sequence()),
        versions.size(),
        changes);
  }

  private static List<Long> targets(List<Link> links, String relation) {
    return links.stream()
        .filter(link -> link.relation().equals(relation))
        .map(Link::target)
        .toList();
  }

  /** One entry with what it did. */
  Optional<HistoryEntry> find(Reads reads, long sequence) {
    return JournalRows.find(reads, sequence).map(row -> describe(reads, row.entry()));
  }
}
