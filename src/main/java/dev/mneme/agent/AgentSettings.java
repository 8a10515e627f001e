package dev.mneme.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an agent works; journaled with it, so that a change can be taken back.
 *
 * @param type such as {@code letta_v1_agent}
 * @param system the base instructions; may hold {@code {CORE_MEMORY}}
 * @param model the handle of its model; absent: the default at the time of a call
 * @param embedding a handle, kept for clients; passages are embedded by the server's own setting
 * @param modelSettings as the Letta API writes them, only what was set
 * @param contextWindow at most so many tokens, where less than the model's
 * @param toolIds attached tools in their order
 * @param toolRules as the Letta API writes them
 * @param autoclear whether each request starts from the system message alone
 * @param compaction as the Letta API writes it, only what was set
 * @param more what clients set and only they read, such as {@code hidden}
 */
public record AgentSettings(
    String type,
    String system,
    Optional<String> model,
    Optional<String> embedding,
    ObjectNode modelSettings,
    OptionalInt contextWindow,
    List<String> toolIds,
    List<ToolRule> toolRules,
    boolean autoclear,
    Optional<ObjectNode> responseFormat,
    ObjectNode compaction,
    String timezone,
    Map<String, JsonNode> more) {
  public AgentSettings {
    toolIds = List.copyOf(toolIds);
    toolRules = List.copyOf(toolRules);
    more = Map.copyOf(more);
  }
}
