package dev.mneme.tool;

import dev.mneme.common.Owner;
import java.util.Optional;

/**
 * On whose behalf code runs.
 *
 * @param agentId the agent that calls; absent for a client that calls a tool itself
 * @param runId the agent's run in which the call is made
 */
public record Caller(Owner owner, Optional<String> agentId, Optional<String> runId) {

  /** An owner's client, without an agent. */
  public static Caller of(Owner owner) {
    return new Caller(owner, Optional.empty(), Optional.empty());
  }

  public static Caller agent(Owner owner, String agentId, Optional<String> runId) {
    return new Caller(owner, Optional.of(agentId), runId);
  }

  /**
   * What may share a place to run between calls: one agent, or one owner's clients. Never two
   * owners. Made of ids alone.
   */
  public String domain() {
    return agentId.map(agent -> owner.id() + "/" + agent).orElse(owner.id());
  }
}
