package dev.mneme.api.messages;

import dev.mneme.agent.AgentSettings;
import dev.mneme.agent.ToolRule;
import dev.mneme.engine.prompt.AgentType;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has to be known of an agent to show its words while they come.
 *
 * @param heartbeats whether it thinks within the arguments of its calls, which are stored without
 * @param needsConsent tools whose calls are shown as requests for consent
 */
public record Speaker(boolean heartbeats, Set<String> needsConsent) {
  public Speaker {
    needsConsent = Set.copyOf(needsConsent);
  }

  public static Speaker of(AgentSettings settings) {
    return new Speaker(
        AgentType.of(settings.type()).loop() == AgentType.Loop.HEARTBEAT,
        settings.toolRules().stream()
            .filter(ToolRule.RequiresApproval.class::isInstance)
            .map(ToolRule::toolName)
            .collect(Collectors.toSet()));
  }
}
