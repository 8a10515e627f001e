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

  AgentType type() {
    return AgentType.of(settings.type());
  }
}
