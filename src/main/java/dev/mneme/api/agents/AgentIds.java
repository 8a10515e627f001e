package dev.mneme.api.agents;

import dev.mneme.api.http.Call;

/** The agent that a path is about. */
public final class AgentIds {
  private AgentIds() {}

  public static String of(Call call) {
    return call.id("agent_id", "agent");
  }
}
