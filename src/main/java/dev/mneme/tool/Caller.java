package dev.mneme.tool;

import dev.mneme.common.Owner;
import java.util.Locale;
import java.util.Optional;

/**
 * On whose behalf code runs.
 *
 * @param face the way by which the call came
 * @param agentId the agent that calls; absent for a client that calls a tool itself
 * @param runId the agent's run in which the call is made
 */
public record Caller(Owner owner, Face face, Optional<String> agentId, Optional<String> runId) {

  /** The ways by which calls come. What one may do does not depend on it. */
  public enum Face {
    MCP,
    REST,
    /** A model, in the turn of an agent. */
    AGENT,
    /** The command line. */
    COMMAND,
    /** The server itself. */
    SERVER;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Face of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** The server itself, for an owner. */
  public static Caller of(Owner owner) {
    return new Caller(owner, Face.SERVER, Optional.empty(), Optional.empty());
  }

  /** An owner's client, without an agent. */
  public static Caller of(Owner owner, Face face) {
    return new Caller(owner, face, Optional.empty(), Optional.empty());
  }

  public static Caller agent(Owner owner, String agentId, Optional<String> runId) {
    return new Caller(owner, Face.AGENT, Optional.of(agentId), runId);
  }

  /** A client that calls for an agent, outside its turns. */
  public static Caller forAgent(Owner owner, Face face, String agentId) {
    return new Caller(owner, face, Optional.of(agentId), Optional.empty());
  }

  /**
   * What may share a place to run between calls: one agent, or one owner's clients. Never two
   * owners. Made of ids alone.
   */
  public String domain() {
    return agentId.map(agent -> owner.id() + "/" + agent).orElse(owner.id());
  }
}
