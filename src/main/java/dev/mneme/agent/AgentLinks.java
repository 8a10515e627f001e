package dev.mneme.agent;

import dev.mneme.store.Tx;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The tables by which agents are found: their tags and tools. */
final class AgentLinks {
  private AgentLinks() {}

  /** Brings the rows to what the agent says; writes only where that differs. */
  static void put(Tx tx, Agent agent) {
    put(tx, "agent_tag", "tag", agent.id(), agent.tags());
    put(tx, "agent_tool", "tool_id", agent.id(), agent.settings().toolIds());
  }

  /** As {@link #put} for an agent that was never there before. */
  static void insert(Tx tx, Agent agent) {
    insert(tx, "agent_tag", "tag", agent.id(), agent.tags());
    insert(tx, "agent_tool", "tool_id", agent.id(), agent.settings().toolIds());
  }

  static void remove(Tx tx, String agentId) {
    delete(tx, "agent_tag", agentId);
    delete(tx, "agent_tool", agentId);
  }

  private static void put(Tx tx, String table, String column, String agentId, List<String> now) {
    List<String> present =
        tx.query(
                "SELECT "
                    + column
                    + " FROM "
                    + table
                    + " WHERE owner_id = :owner AND agent_id = :id")
            .bind("id", agentId)
            .mapTo(String.class)
            .list();
    if (present.size() == now.size() && present.containsAll(now)) {
      return;
    }
    if (!present.isEmpty()) {
      delete(tx, table, agentId);
    }
    insert(tx, table, column, agentId, now);
  }

  private static void insert(
      Tx tx, String table, String column, String agentId, List<String> values) {
    if (values.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        tx.batch(
            "INSERT INTO "
                + table
                + " (owner_id, "
                + column
                + ", agent_id) VALUES (:owner, :value, :id)");
    for (String value : values) {
      batch.bind("owner", tx.owner().id()).bind("value", value).bind("id", agentId).add();
    }
    batch.execute();
  }

  private static void delete(Tx tx, String table, String agentId) {
    tx.update("DELETE FROM " + table + " WHERE owner_id = :owner AND agent_id = :id")
        .bind("id", agentId)
        .execute();
  }
}
