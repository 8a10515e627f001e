package dev.mneme.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Timestamps;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The table of runs. */
final class RunRows {
  private static final String SELECT =
      "SELECT run_id, agent_id, conversation_id, status, background, stop_reason, request_config,"
          + " metadata, callback_url, created_at, completed_at, ttft_nanos, duration_nanos"
          + " FROM run WHERE owner_id = :owner ";

  private static final String PLACE =
      "(SELECT x.created_at, x.run_id FROM run x WHERE x.owner_id = :owner AND x.run_id = ";

  private RunRows() {}

  static void insert(Tx tx, Run run) {
    tx.update(
            "INSERT INTO run (run_id, owner_id, agent_id, conversation_id, status, background,"
                + " request_config, metadata, callback_url, created_at) VALUES (:id, :owner,"
                + " :agent, :conversation, :status, :background, :config, :metadata, :callback,"
                + " :at)")
        .bind("id", run.id())
        .bind("agent", run.agentId())
        .bind("conversation", run.conversationId())
        .bind("status", run.status().text())
        .bind("background", run.background() ? 1 : 0)
        .bind("config", Json.write(run.requestConfig()))
        .bind("metadata", Json.write(run.metadata()))
        .bind("callback", run.callbackUrl().orElse(null))
        .bind("at", Timestamps.text(run.createdAt()))
        .execute();
  }

  static void running(Tx tx, String id) {
    tx.update("UPDATE run SET status = :status WHERE run_id = :id AND owner_id = :owner")
        .bind("status", RunStatus.RUNNING.text())
        .bind("id", id)
        .execute();
  }

  /** False where it had ended already: a run ends once. */
  static boolean end(Tx tx, Run run) {
    return tx.update(
                "UPDATE run SET status = :status, stop_reason = :reason, metadata = :metadata,"
                    + " completed_at = :at, ttft_nanos = :ttft, duration_nanos = :duration"
                    + " WHERE run_id = :id AND owner_id = :owner AND completed_at IS NULL")
            .bind("id", run.id())
            .bind("status", run.status().text())
            .bind("reason", run.stopReason().map(StopReason::text).orElse(null))
            .bind("metadata", Json.write(run.metadata()))
            .bind("at", run.completedAt().map(Timestamps::text).orElse(null))
            .bind("ttft", boxed(run.ttftNanos()))
            .bind("duration", boxed(run.durationNanos()))
            .execute()
        == 1;
  }

  static Optional<Run> find(Reads reads, String id) {
    return reads
        .query(SELECT + "AND run_id = :id")
        .bind("id", id)
        .map((rs, _) -> read(rs))
        .findFirst();
  }

  static List<Run> unended(Reads reads) {
    return reads
        .query(SELECT + "AND status IN ('created', 'running') ORDER BY created_at, run_id")
        .map((rs, _) -> read(rs))
        .list();
  }

  static List<Run> list(Reads reads, RunQuery query) {
    StringBuilder sql = new StringBuilder(SELECT);
    if (!query.agentIds().isEmpty()) {
      sql.append("AND agent_id IN (<agents>) ");
    }
    if (!query.statuses().isEmpty()) {
      sql.append("AND status IN (<statuses>) ");
    }
    query
        .active()
        .ifPresent(active ->
            sql.append(active ? "AND status IN " : "AND status NOT IN ")
                .append("('created', 'running') "));
    query.background().ifPresent(_ -> sql.append("AND background = :background "));
    query.conversationId().ifPresent(_ -> sql.append("AND conversation_id = :conversation "));
    query.stopReason().ifPresent(_ -> sql.append("AND stop_reason = :reason "));
    query.before().ifPresent(_ -> sql.append("AND (created_at, run_id) < " + PLACE + ":before) "));
    query.after().ifPresent(_ -> sql.append("AND (created_at, run_id) > " + PLACE + ":after) "));
    String order = query.ascending() ? "ASC" : "DESC";
    sql.append("ORDER BY created_at " + order + ", run_id " + order + " LIMIT :limit");
    Query statement = reads.query(sql.toString()).bind("limit", query.limit());
    if (!query.agentIds().isEmpty()) {
      statement.bindList("agents", query.agentIds());
    }
    if (!query.statuses().isEmpty()) {
      statement.bindList("statuses", query.statuses().stream().map(RunStatus::text).toList());
    }
    query.background().ifPresent(background -> statement.bind("background", background ? 1 : 0));
    query.conversationId().ifPresent(id -> statement.bind("conversation", id));
    query.stopReason().ifPresent(reason -> statement.bind("reason", reason.text()));
    query.before().ifPresent(id -> statement.bind("before", known(reads, id)));
    query.after().ifPresent(id -> statement.bind("after", known(reads, id)));
    return statement.map((rs, _) -> read(rs)).list();
  }

  private static String known(Reads reads, String id) {
    return find(reads, id).orElseThrow(() -> RunErrors.unknownRun(id)).id();
  }

  private static Run read(ResultSet rs) throws SQLException {
    return new Run(
        rs.getString(1),
        rs.getString(2),
        rs.getString(3),
        RunStatus.of(rs.getString(4)),
        rs.getInt(5) != 0,
        Optional.ofNullable(rs.getString(6)).map(StopReason::of),
        (ObjectNode) Json.parse(rs.getString(7)),
        (ObjectNode) Json.parse(rs.getString(8)),
        Optional.ofNullable(rs.getString(9)),
        Timestamps.parse(rs.getString(10)),
        Optional.ofNullable(rs.getString(11)).map(Timestamps::parse),
        number(rs, 12),
        number(rs, 13));
  }

  private static OptionalLong number(ResultSet rs, int column) throws SQLException {
    long value = rs.getLong(column);
    return rs.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
