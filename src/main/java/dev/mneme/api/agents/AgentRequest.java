package dev.mneme.api.agents;

import dev.mneme.agent.AgentDraft;
import dev.mneme.secret.SecretText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client wants a new agent to be; the engine adds the defaults of its type.
 *
 * @param draft what was said; tools by id only
 * @param tools more tools, by name
 * @param baseTools whether it gets the tools of its type
 * @param multiAgentTools whether it gets those to talk to other agents
 * @param baseToolRules whether it gets the rules of its type; absent: as the type wants
 */
public record AgentRequest(
    AgentDraft draft,
    List<String> tools,
    boolean baseTools,
    boolean multiAgentTools,
    Optional<Boolean> baseToolRules,
    Map<String, SecretText> secrets) {
  public AgentRequest {
    tools = List.copyOf(tools);
    secrets = Map.copyOf(secrets);
  }
}
