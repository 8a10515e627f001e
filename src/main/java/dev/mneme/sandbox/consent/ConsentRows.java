package dev.mneme.sandbox.consent;

import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.sandbox.consent.ConsentRequest.Status;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of requests for consent. */
final class ConsentRows {
  private static final String SELECT =
      "SELECT a.approval_id, a.owner_id, o.name, a.face, a.agent_id, a.source, a.tool, a.arguments,"
          + " a.why, a.status, a.created_at, a.resolved_by, a.resolved_at FROM approval a JOIN"
          + " owner o ON o.owner_id = a.owner_id ";

  private ConsentRows() {}

  static void insert(Tx tx, ConsentRequest request, String fingerprint) {
    tx.update(
            "INSERT INTO approval (approval_id, owner_id, fingerprint, face, agent_id, source,"
                + " tool, arguments, why, status, created_at) VALUES (:id, :owner, :fingerprint,"
                + " :face, :agent, :source, :tool, :arguments, :why, :status, :created)")
        .bind("id", request.id())
        .bind("fingerprint", fingerprint)
        .bind("face", request.face())
        .bind("agent", request.agentId().orElse(null))
        .bind("source", request.source())
        .bind("tool", request.tool())
        .bind("arguments", request.arguments())
        .bind("why", request.why())
        .bind("status", request.status().text())
        .bind("created", Timestamps.text(request.createdAt()))
        .execute();
  }

  /** The newest of a call that came, or was resolved, after a time. */
  static Optional<ConsentRequest> last(Reads reads, String fingerprint, Instant after) {
    return reads
        .query(
            SELECT
                + "WHERE a.owner_id = :owner AND a.fingerprint = :fingerprint AND a.status <>"
                + " 'used' AND COALESCE(a.resolved_at, a.created_at) > :after"
                + " ORDER BY a.created_at DESC, a.approval_id LIMIT 1")
        .bind("fingerprint", fingerprint)
        .bind("after", Timestamps.text(after))
        .map((rs, _) -> row(rs))
        .findOne();
  }

  static long pending(Reads reads, Instant after) {
    return reads
        .query(
            "SELECT COUNT(*) FROM approval WHERE owner_id = :owner AND status = 'pending'"
                + " AND created_at > :after")
        .bind("after", Timestamps.text(after))
        .map((rs, _) -> rs.getLong(1))
        .one();
  }

  static void use(Tx tx, String id) {
    tx.update("UPDATE approval SET status = 'used' WHERE owner_id = :owner AND approval_id = :id")
        .bind("id", id)
        .execute();
  }

  /** What is old enough to be forgotten. */
  static void sweep(Tx tx, Instant before) {
    tx.update("DELETE FROM approval WHERE owner_id = :owner AND created_at < :before")
        .bind("before", Timestamps.text(before))
        .execute();
  }

  static List<ConsentRequest> list(Reads reads, int limit) {
    return reads
        .query(
            SELECT + "WHERE a.owner_id = :owner ORDER BY a.created_at DESC, a.approval_id LIMIT :n")
        .bind("n", limit)
        .map((rs, _) -> row(rs))
        .list();
  }

  /** Those of all owners that wait: who has the scope to approve sees them. */
  static List<ConsentRequest> waiting(Handle all, Instant after, int limit) {
    return all.createQuery(
            SELECT
                + "WHERE a.status = 'pending' AND a.created_at > :after"
                + " ORDER BY a.created_at, a.approval_id LIMIT :n")
        .bind("after", Timestamps.text(after))
        .bind("n", limit)
        .map((rs, _) -> row(rs))
        .list();
  }

  static Optional<ConsentRequest> find(Handle all, String id) {
    return all.createQuery(SELECT + "WHERE a.approval_id = :id")
        .bind("id", id)
        .map((rs, _) -> row(rs))
        .findOne();
  }

  /** Whether it still waited. */
  static boolean resolve(Handle all, String id, Status status, String by, Instant at) {
    return all.createUpdate(
                "UPDATE approval SET status = :status, resolved_by = :by, resolved_at = :at"
                    + " WHERE approval_id = :id AND status = 'pending'")
            .bind("status", status.text())
            .bind("by", by)
            .bind("at", Timestamps.text(at))
            .bind("id", id)
            .execute()
        == 1;
  }

  private static ConsentRequest row(ResultSet rs) throws SQLException {
    return new ConsentRequest(
        rs.getString(1),
        new Owner(rs.getString(2)),
        rs.getString(3),
        rs.getString(4),
        known(rs.getString(5)),
        rs.getString(6),
        rs.getString(7),
        rs.getString(8),
        rs.getString(9),
        Status.of(rs.getString(10)),
        Timestamps.parse(rs.getString(11)),
        known(rs.getString(12)),
        known(rs.getString(13)).map(Timestamps::parse));
  }

  private static Optional<String> known(@Nullable String text) {
    return Optional.ofNullable(text);
  }
}
