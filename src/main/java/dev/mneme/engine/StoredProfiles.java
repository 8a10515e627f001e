package dev.mneme.engine;

import dev.mneme.agent.AgentService;
import dev.mneme.store.Reads;
import dev.mneme.tool.StoredTools;
import java.util.Optional;

/** Agents with their tools, as they are stored. Thread-safe. */
public record StoredProfiles(AgentService agents, StoredTools tools) implements AgentProfiles {
  @Override
  public Optional<AgentProfile> find(Reads reads, String agentId) {
    return agents
        .findIn(reads, agentId)
        .map(agent ->
            new AgentProfile(
                agent, agent.settings(), tools.ofIds(reads, agent.settings().toolIds())));
  }
}
