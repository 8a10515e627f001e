package dev.mneme.model;

/**
 * A language model. Thread-safe; waits on a network, so call it on a virtual thread. Interrupting
 * the thread ends the exchange at once.
 */
public interface ChatModel {
  ModelInfo info();

  /**
   * @throws ModelException for whatever the provider did wrong or refused, once retries are spent;
   *     {@link ModelException.Type#CANCELLED} with the interrupt flag set when interrupted
   */
  ChatReply chat(ChatRequest request, ChatListener listener);
}
