package dev.mneme.agent;

import dev.mneme.common.Owner;
import dev.mneme.memory.journal.Change;

/** Agents that a name tells apart, made where they are first meant. Thread-safe. */
public interface NamedAgents {
  /**
   * @throws dev.mneme.common.MnemeException {@code agent_name_in_use}
   */
  Agent createUnique(Owner owner, AgentDraft draft, Change change);

  /** The agent meant where none is named: the one called "default", made at first use. */
  Agent defaultAgent(Owner owner, Change change);
}
