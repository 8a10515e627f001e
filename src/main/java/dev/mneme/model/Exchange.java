package dev.mneme.model;

/**
 * One attempt at an answer, without retries; what a {@link Provider} has to know how to do.
 * Thread-safe, and interrupted like a {@link ChatModel}.
 */
public interface Exchange {
  /**
   * @param attempt how many attempts at this answer there were before, for models that are told
   *     when to fail
   * @throws ModelException for whatever went wrong
   */
  ChatReply attempt(ChatRequest request, ChatListener listener, int attempt);
}
