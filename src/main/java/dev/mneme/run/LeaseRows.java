package dev.mneme.run;

import dev.mneme.common.Timestamps;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The table of who has which conversation. */
final class LeaseRows {
  private LeaseRows() {}

  /**
   * Takes a conversation for a run; false while another process has it. What this process itself
   * left behind, because the end of a run could not be written, does not stand in the way: its
   * lanes decide among its own runs.
   */
  static boolean take(Tx tx, Run run, String node, Instant now, Instant until) {
    return tx.update(
                "INSERT INTO run_lease (owner_id, agent_id, conversation_id, run_id, node,"
                    + " expires_at) VALUES (:owner, :agent, :conversation, :run, :node, :until)"
                    + " ON CONFLICT (owner_id, agent_id, conversation_id) DO UPDATE SET"
                    + " run_id = excluded.run_id, node = excluded.node,"
                    + " expires_at = excluded.expires_at"
                    + " WHERE run_lease.node = :node OR run_lease.expires_at < :now")
            .bind("agent", run.agentId())
            .bind("conversation", run.conversationId())
            .bind("run", run.id())
            .bind("node", node)
            .bind("until", Timestamps.text(until))
            .bind("now", Timestamps.text(now))
            .execute()
        == 1;
  }

  static void release(Tx tx, Run run) {
    tx.update(
            "DELETE FROM run_lease WHERE owner_id = :owner AND agent_id = :agent"
                + " AND conversation_id = :conversation AND run_id = :run")
        .bind("agent", run.agentId())
        .bind("conversation", run.conversationId())
        .bind("run", run.id())
        .execute();
  }

  /** Whether the run still has its conversation, which it loses when its agent is deleted. */
  static boolean holds(Reads reads, Run run) {
    return reads
        .query(
            "SELECT 1 FROM run_lease WHERE owner_id = :owner AND agent_id = :agent"
                + " AND conversation_id = :conversation AND run_id = :run")
        .bind("agent", run.agentId())
        .bind("conversation", run.conversationId())
        .bind("run", run.id())
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }

  static void removeAgent(Tx tx, String agentId) {
    tx.update("DELETE FROM run_lease WHERE owner_id = :owner AND agent_id = :agent")
        .bind("agent", agentId)
        .execute();
  }

  static void renew(Handle handle, String node, Instant until) {
    handle.execute(
        "UPDATE run_lease SET expires_at = ? WHERE node = ?", Timestamps.text(until), node);
  }

  static void removeAll(Tx tx) {
    tx.update("DELETE FROM run_lease WHERE owner_id = :owner").execute();
  }
}
