package dev.mneme.message;

import dev.mneme.common.Timestamps;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.List;
import java.util.stream.Collectors;

/** The table of how many messages each conversation has. */
final class ConversationCounts {
  private ConversationCounts() {}

  static void add(Tx tx, List<Message> messages) {
    messages.stream()
        .collect(Collectors.groupingBy(Message::conversation))
        .forEach((conversation, added) ->
            tx.update(
                    "INSERT INTO conversation_count (owner_id, agent_id, conversation_id, messages,"
                        + " last_message_at) VALUES (:owner, :agent, :conversation, :added, :at)"
                        + " ON CONFLICT (owner_id, agent_id, conversation_id) DO UPDATE SET"
                        + " messages = conversation_count.messages + excluded.messages,"
                        + " last_message_at = excluded.last_message_at")
                .bind("agent", conversation.agentId())
                .bind("conversation", conversation.id())
                .bind("added", added.size())
                .bind("at", Timestamps.text(added.getLast().createdAt()))
                .execute());
  }

  static long ofAgent(Reads reads, String agentId) {
    return reads
        .query(
            "SELECT coalesce(sum(messages), 0) FROM conversation_count"
                + " WHERE owner_id = :owner AND agent_id = :agent")
        .bind("agent", agentId)
        .mapTo(Long.class)
        .one();
  }

  static void removeAgent(Tx tx, String agentId) {
    tx.update("DELETE FROM conversation_count WHERE owner_id = :owner AND agent_id = :agent")
        .bind("agent", agentId)
        .execute();
  }
}
