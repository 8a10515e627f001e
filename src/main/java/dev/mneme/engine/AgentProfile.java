package dev.mneme.engine;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentSettings;
import dev.mneme.engine.prompt.AgentType;
import dev.mneme.tool.StoredTool;
import java.util.List;

/**
 * An agent as the engine needs it.
 *
 * @param tools attached ones in their order
 */
public record AgentProfile(Agent agent, AgentSettings settings, List<StoredTool> tools) {
  public AgentProfile {
    tools = List.copyOf(tools);
  }

  /** Whether its model calls one tool at a time. */
  public boolean callsOneByOne() {
    return heartbeats() || !settings.modelSettings().path("parallel_tool_calls").asBoolean(true);
  }

  /** Whether it goes on as long as its model asks for that. */
  public boolean heartbeats() {
    return type().loop() == AgentType.Loop.HEARTBEAT;
  }

  AgentType type() {
    return AgentType.of(settings.type());
  }
}
