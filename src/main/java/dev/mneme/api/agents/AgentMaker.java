package dev.mneme.api.agents;

import dev.mneme.agent.Agent;
import dev.mneme.common.Owner;
import dev.mneme.memory.journal.Change;

/** Makes agents that can answer at once, with all that their type asks for. */
@FunctionalInterface
public interface AgentMaker {
  Agent create(Owner owner, AgentRequest request, Change change);
}
