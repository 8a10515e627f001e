package dev.mneme.agent;

import dev.mneme.store.Tx;

/** What another package keeps for an agent, such as its messages; it goes when the agent goes. */
@FunctionalInterface
public interface Belongings {
  /** Removes it for good, in the transaction that deletes the agent. */
  void remove(Tx tx, String agentId);
}
