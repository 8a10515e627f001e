package dev.mneme.message;

import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.List;
import java.util.Optional;

/** Where messages are kept, and what of them is in context. Thread-safe. */
public interface Messages {
  /** Stores messages at the end; returns them with their sequence. */
  List<Message> add(Tx tx, List<Message> messages);

  /** Stores a message anew under its id: the system message, once it is compiled again. */
  void rewrite(Tx tx, Message message);

  Optional<Message> find(Reads reads, String id);

  List<Message> list(Reads reads, MessageQuery query);

  /** How many messages an agent has in all conversations. */
  long count(Reads reads, String agentId);

  /** What is in context, in order; empty before the conversation began. */
  List<Message> context(Reads reads, Conversation conversation);

  List<String> contextIds(Reads reads, Conversation conversation);

  /** Puts messages at the end of the context. */
  void extendContext(Tx tx, Conversation conversation, List<String> messageIds);

  void replaceContext(Tx tx, Conversation conversation, List<String> messageIds);

  /** Removes all of an agent's messages and contexts: the agent is gone. */
  void removeAgent(Tx tx, String agentId);
}
