package dev.mneme.run;

import dev.mneme.common.Timestamps;
import dev.mneme.run.RunFollower.Numbered;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table of events of background runs. */
final class RunEventRows {
  private RunEventRows() {}

  /** Writes events; those that are there already stay. */
  static void insert(Tx tx, String runId, List<Numbered> events) {
    if (events.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        tx.batch(
            "INSERT INTO run_event (run_id, sequence, owner_id, body)"
                + " VALUES (:run, :sequence, :owner, :body) ON CONFLICT DO NOTHING");
    for (Numbered event : events) {
      batch
          .bind("run", runId)
          .bind("sequence", event.sequence())
          .bind("owner", tx.owner().id())
          .bind("body", EventJson.write(event.event()))
          .add();
    }
    batch.execute();
  }

  static List<Numbered> after(Reads reads, String runId, long after, int limit) {
    return reads
        .query(
            "SELECT sequence, body FROM run_event WHERE run_id = :run AND owner_id = :owner"
                + " AND sequence > :after ORDER BY sequence LIMIT :limit")
        .bind("run", runId)
        .bind("after", after)
        .bind("limit", limit)
        .map((rs, _) -> new Numbered(rs.getLong(1), EventJson.read(rs.getString(2))))
        .list();
  }

  static long last(Reads reads, String runId) {
    return reads
        .query(
            "SELECT coalesce(max(sequence), 0) FROM run_event"
                + " WHERE run_id = :run AND owner_id = :owner")
        .bind("run", runId)
        .mapTo(Long.class)
        .one();
  }

  /** Forgets the events of runs that ended before a moment. */
  static void forget(Handle handle, Instant endedBefore) {
    handle.execute(
        "DELETE FROM run_event WHERE run_id IN"
            + " (SELECT run_id FROM run WHERE background = 1 AND completed_at < ?)",
        Timestamps.text(endedBefore));
  }
}
