package dev.mneme.message;

import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table of what is in context. */
final class ContextRows {
  private static final String THIS =
      " c.owner_id = :owner AND c.agent_id = :agent AND c.conversation_id = :conversation ";

  private static final String JOIN =
      " FROM context_entry c JOIN message m ON m.sequence = c.sequence WHERE"
          + THIS
          + "ORDER BY c.position";

  private static final String APPEND =
      "INSERT INTO context_entry (owner_id, agent_id, conversation_id, position, sequence)"
          + " SELECT :owner, :agent, :conversation,"
          + " (SELECT coalesce(max(c.position), 0) + 1 FROM context_entry c WHERE"
          + THIS
          + "), m.sequence FROM message m"
          + " WHERE m.message_id = :id AND m.owner_id = :owner AND m.agent_id = :agent";

  private ContextRows() {}

  static List<Message> messages(Reads reads, Conversation conversation) {
    return bind(reads.query("SELECT " + MessageRows.COLUMNS + JOIN), conversation)
        .map((rs, _) -> MessageRows.read(rs))
        .list();
  }

  static Optional<Message> last(Reads reads, Conversation conversation) {
    return bind(reads.query("SELECT " + MessageRows.COLUMNS + JOIN + " DESC LIMIT 1"), conversation)
        .map((rs, _) -> MessageRows.read(rs))
        .findFirst();
  }

  static List<String> ids(Reads reads, Conversation conversation) {
    return bind(reads.query("SELECT m.message_id" + JOIN), conversation).mapTo(String.class).list();
  }

  static void extend(Tx tx, Conversation conversation, List<String> messageIds) {
    for (String id : messageIds) {
      int added = bind(tx.update(APPEND), conversation).bind("id", id).execute();
      if (added == 0) {
        throw Messages.unknown(id);
      }
    }
  }

  static void clear(Tx tx, Conversation conversation) {
    bind(
            tx.update(
                "DELETE FROM context_entry WHERE owner_id = :owner AND agent_id = :agent"
                    + " AND conversation_id = :conversation"),
            conversation)
        .execute();
  }

  static void removeAgent(Tx tx, String agentId) {
    tx.update("DELETE FROM context_entry WHERE owner_id = :owner AND agent_id = :agent")
        .bind("agent", agentId)
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Conversation conversation) {
    return statement.bind("agent", conversation.agentId()).bind("conversation", conversation.id());
  }
}
