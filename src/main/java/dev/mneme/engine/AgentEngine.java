package dev.mneme.engine;

import dev.mneme.common.Owner;
import dev.mneme.run.Run;

/** Agents that answer. Thread-safe. */
public interface AgentEngine {
  /**
   * Accepts messages for an agent and starts its run; follow it with {@code run.Runs}.
   *
   * @throws dev.mneme.common.MnemeException {@code unknown_agent}, {@code no_model} with the ways
   *     out, {@code unknown_model}, {@code conversation_busy}, {@code empty_input}
   */
  Run send(Owner owner, SendRequest request);
}
