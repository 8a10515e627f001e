package dev.mneme.message;

import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table of what is in context. */
final class ContextRows {
  /** Up to how many messages are read one by one. */
  private static final int FEW = 12;

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
          + "), m.sequence FROM message m WHERE m.owner_id = :owner AND m.agent_id = :agent AND ";

  private static final String APPEND_ID = APPEND + "m.message_id = :id";
  private static final String APPEND_STORED = APPEND + "m.sequence = :sequence";

  private ContextRows() {}

  static List<Message> messages(Reads reads, Conversation conversation, RecentMessages recent) {
    List<Message> messages = new ArrayList<>();
    List<Message> read = new ArrayList<>();
    for (long sequence : sequences(reads, conversation)) {
      Optional<Message> known = recent.find(sequence);
      if (known.isEmpty()) {
        if (read.size() == FEW) {
          List<Message> all = messages(reads, conversation);
          recent.keep(reads, all);
          return all;
        }
        known = Optional.of(MessageRows.at(reads, sequence));
        known.ifPresent(read::add);
      }
      known.ifPresent(messages::add);
    }
    recent.keep(reads, read);
    return messages;
  }

  private static List<Message> messages(Reads reads, Conversation conversation) {
    return bind(reads.query("SELECT " + MessageRows.COLUMNS + JOIN), conversation)
        .map((rs, _) -> MessageRows.read(rs))
        .list();
  }

  private static List<Long> sequences(Reads reads, Conversation conversation) {
    return bind(
            reads.query(
                "SELECT c.sequence FROM context_entry c WHERE" + THIS + "ORDER BY c.position"),
            conversation)
        .map((rs, _) -> rs.getLong(1))
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

  static void extend(Tx tx, Conversation conversation, List<Message> stored) {
    for (Message message : stored) {
      int added =
          bind(tx.update(APPEND_STORED), conversation)
              .bind("sequence", message.sequence())
              .execute();
      require(added, message.id());
    }
  }

  /** As above, from ids alone. */
  static void fill(Tx tx, Conversation conversation, List<String> messageIds) {
    for (String id : messageIds) {
      require(bind(tx.update(APPEND_ID), conversation).bind("id", id).execute(), id);
    }
  }

  private static void require(int added, String id) {
    if (added == 0) {
      throw Messages.unknown(id);
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
