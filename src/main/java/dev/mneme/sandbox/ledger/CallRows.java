package dev.mneme.sandbox.ledger;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.sandbox.ledger.CallEntry.Ending;
import dev.mneme.sandbox.ledger.CallEntry.Outcome;
import dev.mneme.sandbox.ledger.CallEntry.Place;
import dev.mneme.sandbox.ledger.CallEntry.Traffic;
import dev.mneme.store.Reads;
import dev.mneme.store.RowBatch;
import dev.mneme.store.Tx;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolIdentity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** The table of calls. */
final class CallRows {
  private static final String COLUMNS =
      "call_id, started_at, face, agent_id, run_id, source, tool, sha256, backend, worker,"
          + " arguments, arguments_bytes, outcome, reason, message, result_bytes, output_bytes,"
          + " bridge_requests, bridge_bytes, queue_micros, start_micros, run_micros";
  private static final String PUT =
      "INSERT INTO tool_call (owner_id, "
          + COLUMNS
          + ") VALUES (:owner"
          + ", ?".repeat(COLUMNS.split(",").length)
          + ") ON CONFLICT (call_id) DO"
          + " UPDATE SET backend = excluded.backend, worker = excluded.worker, outcome ="
          + " excluded.outcome, reason = excluded.reason, message = excluded.message, result_bytes"
          + " = excluded.result_bytes, output_bytes = excluded.output_bytes, bridge_requests ="
          + " excluded.bridge_requests, bridge_bytes = excluded.bridge_bytes, queue_micros ="
          + " excluded.queue_micros, start_micros = excluded.start_micros, run_micros ="
          + " excluded.run_micros WHERE tool_call.owner_id = :owner";

  private CallRows() {}

  static void put(Tx tx, List<CallEntry> entries) {
    try (RowBatch rows = tx.rows(PUT)) {
      for (CallEntry entry : entries) {
        rows.text(entry.id())
            .text(Timestamps.text(entry.startedAt()))
            .text(entry.caller().face().text())
            .text(entry.caller().agentId())
            .text(entry.caller().runId())
            .text(entry.source().text())
            .text(entry.tool())
            .text(entry.sha256())
            .text(known(entry.place().backend()))
            .text(known(entry.place().worker()))
            .text(entry.arguments())
            .number(entry.argumentsBytes())
            .text(entry.ending().outcome().text())
            .text(known(entry.ending().reason()))
            .text(known(entry.ending().message()))
            .number(entry.traffic().result())
            .number(entry.traffic().output())
            .number(entry.traffic().requests())
            .number(entry.traffic().bridge())
            .number(entry.place().queue())
            .number(entry.place().start())
            .number(entry.place().run())
            .add();
      }
      rows.execute();
    }
  }

  static List<CallEntry> list(Reads reads, CallQuery query) {
    Optional<String> before = query.before().map(id -> startOf(reads, id));
    Query select =
        reads
            .query(
                "SELECT "
                    + COLUMNS
                    + " FROM tool_call WHERE owner_id = :owner"
                    + query.tool().map(_ -> " AND tool = :tool").orElse("")
                    + query.agent().map(_ -> " AND agent_id = :agent").orElse("")
                    + query.outcome().map(_ -> " AND outcome = :outcome").orElse("")
                    + before
                        .map(_ ->
                            " AND (started_at < :at OR (started_at = :at AND call_id < :before))")
                        .orElse("")
                    + " ORDER BY started_at DESC, call_id DESC LIMIT :limit")
            .bind("limit", query.limit());
    query.tool().ifPresent(value -> select.bind("tool", value));
    query.agent().ifPresent(value -> select.bind("agent", value));
    query.outcome().ifPresent(value -> select.bind("outcome", value));
    before.ifPresent(at -> select.bind("at", at).bind("before", query.before().orElse("")));
    return select.map((rs, _) -> read(reads.owner(), rs)).list();
  }

  private static String startOf(Reads reads, String id) {
    return reads
        .query("SELECT started_at FROM tool_call WHERE owner_id = :owner AND call_id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findFirst()
        .orElseThrow(() -> MnemeException.notFound("unknown_call", "There is no call " + id + "."));
  }

  private static CallEntry read(Owner owner, ResultSet rs) throws SQLException {
    return new CallEntry(
        rs.getString(1),
        Timestamps.parse(rs.getString(2)),
        new Caller(
            owner,
            Caller.Face.of(rs.getString(3)),
            Optional.ofNullable(rs.getString(4)),
            Optional.ofNullable(rs.getString(5))),
        ToolIdentity.Source.valueOf(rs.getString(6).toUpperCase(Locale.ROOT)),
        rs.getString(7),
        rs.getString(8),
        rs.getString(11),
        rs.getInt(12),
        new Ending(
            Outcome.valueOf(rs.getString(13).toUpperCase(Locale.ROOT)), text(rs, 14), text(rs, 15)),
        new Traffic(rs.getLong(16), rs.getLong(17), rs.getInt(18), rs.getLong(19)),
        new Place(text(rs, 9), text(rs, 10), rs.getLong(20), rs.getLong(21), rs.getLong(22)));
  }

  private static Optional<String> known(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static String text(ResultSet rs, int column) throws SQLException {
    return Optional.ofNullable(rs.getString(column)).orElse("");
  }
}
