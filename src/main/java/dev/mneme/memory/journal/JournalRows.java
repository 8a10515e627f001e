package dev.mneme.memory.journal;

import dev.mneme.common.Timestamps;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** The SQL of the journal's rows, versions, links and heads. */
final class JournalRows {
  static final String COLUMNS =
      "j.sequence, j.owner_id, j.at, j.actor, j.origin, j.source, j.run, j.step, j.tool_call,"
          + " j.who_salt, j.who_hash, j.container, j.kind, j.subject, j.operation, j.unit,"
          + " j.versions, j.links, j.previous_mac, j.mac";

  private JournalRows() {}

  /** The end of a container's chain. */
  record Head(long sequence, long entries, String mac) {
    static final Head NONE = new Head(0, 0, Digests.NONE);
  }

  static long lastSequence(Reads reads) {
    return reads
        .number("SELECT sequence FROM journal WHERE :owner <> '' ORDER BY sequence DESC LIMIT 1")
        .orElse(0L);
  }

  /** {@link Head#NONE} where the container has no chain yet. */
  static Head head(Reads reads, String container) {
    return reads
        .query(
            "SELECT sequence, entries, mac FROM journal_head"
                + " WHERE container = :container AND owner_id = :owner")
        .bind("container", container)
        .map((rs, _) -> new Head(rs.getLong(1), rs.getLong(2), rs.getString(3)))
        .findFirst()
        .orElse(Head.NONE);
  }

  static void putHead(Tx tx, String container, Head head) {
    tx.update(
            "INSERT INTO journal_head (container, owner_id, sequence, entries, mac)"
                + " VALUES (:container, :owner, :sequence, :entries, :mac)"
                + " ON CONFLICT (owner_id, container) DO UPDATE SET sequence = excluded.sequence,"
                + " entries = excluded.entries, mac = excluded.mac")
        .bind("container", container)
        .bind("sequence", head.sequence())
        .bind("entries", head.entries())
        .bind("mac", head.mac())
        .execute();
  }

  static void insert(Tx tx, SealedEntry row) {
    Entry e = row.entry();
    tx.update(
            "INSERT INTO journal (sequence, owner_id, at, actor, origin, source, run, step,"
                + " tool_call, who_salt, who_hash, container, kind, subject, operation, unit,"
                + " versions, links, previous_mac, mac) VALUES (:sequence, :owner, :at, :actor,"
                + " :origin, :source, :run, :step, :toolCall, :whoSalt, :whoHash, :container,"
                + " :kind, :subject, :operation, :unit, :versions, :links, :previousMac, :mac)")
        .bind("sequence", e.sequence())
        .bind("at", Timestamps.text(e.at()))
        .bind("actor", e.actor())
        .bind("origin", e.origin().text())
        .bind("source", e.source())
        .bind("run", e.run())
        .bind("step", e.step())
        .bind("toolCall", e.toolCall())
        .bind("whoSalt", row.whoSalt())
        .bind("whoHash", row.whoHash())
        .bind("container", e.subject().container())
        .bind("kind", e.subject().kind())
        .bind("subject", e.subject().id())
        .bind("operation", e.operation())
        .bind("unit", e.unit())
        .bind("versions", row.versions())
        .bind("links", row.links())
        .bind("previousMac", row.previousMac())
        .bind("mac", row.mac())
        .execute();
  }

  static void insertVersions(Tx tx, long sequence, List<Version> versions) {
    String sql =
        "INSERT INTO journal_version (sequence, position, owner_id, kind, subject,"
            + " before_hash, after_hash)"
            + " VALUES (:sequence, :position, :owner, :kind, :subject, :before, :after)";
    if (versions.size() == 1) {
      // By far the most changes have one, and a batch costs twice as much.
      bind(tx.update(sql), tx, sequence, 0, versions.getFirst()).execute();
      return;
    }
    PreparedBatch batch = tx.batch(sql);
    for (int i = 0; i < versions.size(); i++) {
      bind(batch, tx, sequence, i, versions.get(i)).add();
    }
    batch.execute();
  }

  private static <S extends SqlStatement<S>> S bind(
      S statement, Tx tx, long sequence, int position, Version version) {
    return statement
        .bind("owner", tx.owner().id())
        .bind("sequence", sequence)
        .bind("position", position)
        .bind("kind", version.kind())
        .bind("subject", version.subject())
        .bind("before", version.before())
        .bind("after", version.after());
  }

  static void insertLinks(Tx tx, long sequence, List<Link> links) {
    for (Link link : links) {
      tx.update(
              "INSERT INTO journal_link (sequence, relation, target, owner_id)"
                  + " VALUES (:sequence, :relation, :target, :owner)")
          .bind("sequence", sequence)
          .bind("relation", link.relation())
          .bind("target", link.target())
          .execute();
    }
  }

  static Optional<SealedEntry> find(Reads reads, long sequence) {
    return reads
        .query(
            "SELECT "
                + COLUMNS
                + " FROM journal j WHERE j.sequence = :sequence"
                + " AND j.owner_id = :owner")
        .bind("sequence", sequence)
        .map((rs, _) -> read(rs))
        .findFirst();
  }

  static List<Version> versions(Reads reads, long sequence) {
    return reads
        .query(
            "SELECT kind, subject, before_hash, after_hash FROM journal_version"
                + " WHERE sequence = :sequence AND owner_id = :owner ORDER BY position")
        .bind("sequence", sequence)
        .map((rs, _) ->
            new Version(rs.getString(1), rs.getString(2), rs.getString(3), rs.getString(4)))
        .list();
  }

  static List<Link> links(Reads reads, long sequence) {
    return reads
        .query(
            "SELECT relation, target FROM journal_link"
                + " WHERE sequence = :sequence AND owner_id = :owner ORDER BY relation, target")
        .bind("sequence", sequence)
        .map((rs, _) -> new Link(rs.getString(1), rs.getLong(2)))
        .list();
  }

  static SealedEntry read(ResultSet rs) throws SQLException {
    Entry entry =
        new Entry(
            rs.getLong(1),
            Timestamps.parse(rs.getString(3)),
            rs.getString(4),
            Origin.of(rs.getString(5)),
            Optional.ofNullable(rs.getString(6)),
            Optional.ofNullable(rs.getString(7)),
            Optional.ofNullable(rs.getString(8)),
            Optional.ofNullable(rs.getString(9)),
            new Subject(rs.getString(13), rs.getString(14), rs.getString(12)),
            rs.getString(15),
            rs.getLong(16));
    return new SealedEntry(
        entry,
        rs.getString(2),
        rs.getString(10),
        rs.getString(11),
        rs.getString(17),
        rs.getString(18),
        rs.getString(19),
        rs.getString(20));
  }
}
