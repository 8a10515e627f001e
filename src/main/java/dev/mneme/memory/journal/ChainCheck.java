package dev.mneme.memory.journal;

import dev.mneme.common.Timestamps;
import dev.mneme.store.Reads;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Checks rows, versions, links, chain ends and checkpoints; each row once, in constant memory. */
final class ChainCheck {
  private static final String PREVIOUS_MAC =
      "coalesce((SELECT p.mac FROM journal p WHERE p.owner_id = j.owner_id"
          + " AND p.container = j.container AND p.sequence < j.sequence"
          + " ORDER BY p.sequence DESC LIMIT 1), '')";
  private static final String PREVIOUS_AFTER =
      "coalesce((SELECT p.after_hash FROM journal_version p WHERE p.subject = v.subject"
          + " AND p.sequence < v.sequence ORDER BY p.sequence DESC LIMIT 1), '')";

  private final Digests digests;
  private final Checkpoints checkpoints;
  private final Findings findings;

  ChainCheck(Digests digests, Checkpoints checkpoints, Findings findings) {
    this.digests = digests;
    this.checkpoints = checkpoints;
    this.findings = findings;
  }

  void run(Reads reads) {
    rows(reads);
    versions(reads);
    heads(reads);
    checkpoints(reads);
  }

  private record Found(SealedEntry row, String previous) {
    static Found read(ResultSet rs) throws SQLException {
      return new Found(JournalRows.read(rs), rs.getString(21));
    }
  }

  private void rows(Reads reads) {
    try (var rows =
            reads
                .query(
                    "SELECT "
                        + JournalRows.COLUMNS
                        + ", "
                        + PREVIOUS_MAC
                        + " FROM journal j"
                        + " WHERE j.owner_id = :owner ORDER BY j.sequence")
                .map((rs, _) -> Found.read(rs))
                .iterator();
        var versions =
            reads
                .query(
                    "SELECT sequence, kind, subject, before_hash, after_hash"
                        + " FROM journal_version WHERE owner_id = :owner"
                        + " ORDER BY sequence, position")
                .map((rs, _) ->
                    new Numbered<>(
                        rs.getLong(1),
                        new Version(
                            rs.getString(2), rs.getString(3), rs.getString(4), rs.getString(5))))
                .iterator();
        var links =
            reads
                .query(
                    "SELECT sequence, relation, target FROM journal_link"
                        + " WHERE owner_id = :owner ORDER BY sequence")
                .map((rs, _) ->
                    new Numbered<>(rs.getLong(1), new Link(rs.getString(2), rs.getLong(3))))
                .iterator()) {
      Cursor<Version> version = new Cursor<>(versions);
      Cursor<Link> link = new Cursor<>(links);
      while (rows.hasNext()) {
        Found found = rows.next();
        findings.entry();
        row(found.row(), found.previous());
        long sequence = found.row().entry().sequence();
        if (!Digests.versions(version.upTo(sequence)).equals(found.row().versions())) {
          problem(found.row(), "versions_changed", "what the entry did was changed or removed");
        }
        if (!Digests.links(link.upTo(sequence)).equals(found.row().links())) {
          problem(found.row(), "links_changed", "what the entry refers to was changed or removed");
        }
      }
    }
  }

  private void row(SealedEntry row, String previous) {
    if (!row.isGenuine(digests)) {
      problem(row, "entry_changed", "the entry was changed, or written without the key");
    }
    if (!row.previousMac().equals(previous)) {
      problem(row, "chain_broken", "an entry before this one was changed, removed or moved");
    }
  }

  private void versions(Reads reads) {
    try (var broken =
        reads
            .query(
                "SELECT v.sequence, v.subject FROM journal_version v WHERE v.owner_id = :owner"
                    + " AND v.before_hash <> "
                    + PREVIOUS_AFTER
                    + " ORDER BY v.sequence")
            .map((rs, _) -> new Numbered<>(rs.getLong(1), rs.getString(2)))
            .iterator()) {
      while (broken.hasNext()) {
        Numbered<String> version = broken.next();
        findings.add(
            version.value(),
            version.sequence(),
            "state_changed_outside",
            "before this entry the row was changed without the journal");
      }
    }
  }

  private void heads(Reads reads) {
    try (var heads =
        reads
            .query(
                "SELECT j.container, count(*), max(j.sequence), coalesce(h.entries, 0),"
                    + " coalesce(h.sequence, 0), coalesce(h.mac, ''), (SELECT l.mac FROM journal l"
                    + " WHERE l.owner_id = :owner AND l.container = j.container ORDER BY l.sequence"
                    + " DESC LIMIT 1) FROM journal j LEFT JOIN journal_head h ON h.container ="
                    + " j.container AND h.owner_id = j.owner_id WHERE j.owner_id = :owner GROUP BY"
                    + " j.container, h.entries, h.sequence, h.mac ORDER BY j.container")
            .map((rs, _) ->
                new Numbered<>(
                    rs.getLong(5),
                    rs.getLong(2) == rs.getLong(4)
                            && rs.getLong(3) == rs.getLong(5)
                            && rs.getString(6).equals(rs.getString(7))
                        ? ""
                        : rs.getString(1)))
            .iterator()) {
      while (heads.hasNext()) {
        Numbered<String> head = heads.next();
        if (!head.value().isEmpty()) {
          findings.add(
              head.value(),
              head.sequence(),
              "chain_end_missing",
              "the end of the chain is not what was written last");
        }
      }
    }
    reads
        .query(
            "SELECT h.container, h.sequence FROM journal_head h WHERE h.owner_id = :owner"
                + " AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.owner_id = :owner"
                + " AND j.container = h.container)")
        .map((rs, _) -> new Numbered<>(rs.getLong(2), rs.getString(1)))
        .forEach(head ->
            findings.add(
                head.value(), head.sequence(), "chain_missing", "the whole chain is gone"));
  }

  private void checkpoints(Reads reads) {
    record Point(long sequence, String at, String heads, String mac) {}

    List<Point> points = new ArrayList<>();
    reads
        .query(
            "SELECT sequence, at, heads, mac FROM journal_checkpoint"
                + " WHERE owner_id = :owner ORDER BY sequence")
        .map((rs, _) -> new Point(rs.getLong(1), rs.getString(2), rs.getString(3), rs.getString(4)))
        .forEach(points::add);
    for (Point point : points) {
      if (!checkpoints.isGenuine(
          point.mac(),
          reads.owner().id(),
          point.sequence(),
          Timestamps.parse(point.at()),
          point.heads())) {
        findings.add(
            "checkpoint", point.sequence(), "checkpoint_changed", "the checkpoint was changed");
      } else if (!Checkpoints.headsAt(reads, point.sequence()).equals(point.heads())) {
        findings.add(
            "checkpoint",
            point.sequence(),
            "chain_ends_differ",
            "chains do not end where they ended at this checkpoint");
      }
    }
  }

  private void problem(SealedEntry row, String code, String message) {
    findings.add(row.entry().subject().container(), row.entry().sequence(), code, message);
  }
}
