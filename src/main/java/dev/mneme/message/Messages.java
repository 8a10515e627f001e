package dev.mneme.message;

import dev.mneme.common.MnemeException;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where messages are kept, and what of them is in context. It runs within its callers'
 * transactions. Thread-safe.
 */
public final class Messages {
  private final MessageListener listener;
  private final RecentMessages recent = new RecentMessages();

  public Messages() {
    this(MessageListener.NONE);
  }

  public Messages(MessageListener listener) {
    this.listener = listener;
  }

  /** Stores messages at the end; returns them with their sequence. */
  public List<Message> add(Tx tx, List<Message> messages) {
    List<Message> stored = new ArrayList<>(messages.size());
    for (Message message : messages) {
      stored.add(message.at(MessageRows.insert(tx, message)));
    }
    ConversationCounts.add(tx, stored);
    tx.afterCommit(listener::written);
    return List.copyOf(stored);
  }

  /** Stores a message anew under its id: the system message, once it is compiled again. */
  public void rewrite(Tx tx, Message message) {
    if (!MessageRows.rewrite(tx, message)) {
      throw unknown(message.id());
    }
  }

  public Optional<Message> find(Reads reads, String id) {
    return MessageRows.find(reads, id);
  }

  /**
   * A page of messages.
   *
   * @throws MnemeException {@code unknown_message} where there is no message to begin at
   */
  public List<Message> list(Reads reads, MessageQuery query) {
    return MessageRows.list(reads, query);
  }

  /** How many messages an agent has in all conversations; costs the same for any number. */
  public long count(Reads reads, String agentId) {
    return ConversationCounts.ofAgent(reads, agentId);
  }

  /** What is in context, in order; empty before the conversation began. */
  public List<Message> context(Reads reads, Conversation conversation) {
    return ContextRows.messages(reads, conversation, recent);
  }

  public List<String> contextIds(Reads reads, Conversation conversation) {
    return ContextRows.ids(reads, conversation);
  }

  /** The last message in context; absent before the conversation began. */
  public Optional<Message> lastInContext(Reads reads, Conversation conversation) {
    return ContextRows.last(reads, conversation);
  }

  /**
   * Puts messages at the end of the context; costs what they are, not what is there.
   *
   * @param stored as {@link #add} returned or a read gave them
   */
  public void extendContext(Tx tx, Conversation conversation, List<Message> stored) {
    ContextRows.extend(tx, conversation, stored);
  }

  /**
   * Puts these in the place of all that is in context. By their ids: who replaces a context holds
   * some of its messages as they were before they were stored.
   */
  public void replaceContext(Tx tx, Conversation conversation, List<String> messageIds) {
    ContextRows.clear(tx, conversation);
    ContextRows.fill(tx, conversation, messageIds);
  }

  /** Removes all of an agent's messages and contexts: the agent is gone. */
  public void removeAgent(Tx tx, String agentId) {
    ContextRows.removeAgent(tx, agentId);
    MessageRows.removeAgent(tx, agentId);
    ConversationCounts.removeAgent(tx, agentId);
    tx.afterCommit(() -> {
      recent.removeAgent(agentId);
      listener.removed(agentId);
    });
  }

  static MnemeException unknown(String id) {
    return MnemeException.notFound("unknown_message", "There is no message " + id + ".");
  }
}
