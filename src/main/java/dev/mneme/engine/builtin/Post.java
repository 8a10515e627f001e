package dev.mneme.engine.builtin;

import java.util.List;

/** Carries messages between agents. Thread-safe. */
public interface Post {
  /** Sends and does not wait. */
  void send(Use from, String agentId, String text);

  /**
   * Sends, and waits for what the other says.
   *
   * @throws dev.mneme.common.MnemeException {@code agents_too_deep} or {@code
   *     agents_wait_in_circle} instead of waiting for ever
   */
  List<String> ask(Use from, String agentId, String text);

  /**
   * The ids of the sender's fellow agents that carry all of the first tags and one of the others;
   * an empty list sets no condition.
   */
  List<String> tagged(Use from, List<String> all, List<String> some);
}
