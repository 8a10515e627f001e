package dev.mneme.agent;

import dev.mneme.store.Tx;
import java.util.List;

/** The tables by which agents are found: their tags and tools. */
final class AgentLinks {
  private AgentLinks() {}

  /** Brings the rows to what the agent says; writes only where that differs. */
  static void put(Tx tx, Agent agent) {
    put(tx, "agent_tag", "tag", agent.id(), agent.tags());
    put(tx, "agent_tool", "tool_id", agent.id(), agent.settings().toolIds());
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
    for (String value : now) {
      tx.update(
              "INSERT INTO "
                  + table
                  + " (owner_id, "
                  + column
                  + ", agent_id) VALUES (:owner, :value, :id)")
          .bind("value", value)
          .bind("id", agentId)
          .execute();
    }
  }

  private static void delete(Tx tx, String table, String agentId) {
    tx.update("DELETE FROM " + table + " WHERE owner_id = :owner AND agent_id = :id")
        .bind("id", agentId)
        .execute();
  }
}
