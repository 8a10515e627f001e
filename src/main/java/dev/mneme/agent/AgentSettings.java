package dev.mneme.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
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
  private static final int MAX_SYSTEM = 500_000;
  private static final int MAX_TOOLS = 500;
  private static final int MAX_JSON = 200_000;

  /** What holds where nothing was set. */
  public static final AgentSettings DEFAULT =
      new AgentSettings(
          "letta_v1_agent",
          "",
          Optional.empty(),
          Optional.empty(),
          Json.mapper().createObjectNode(),
          OptionalInt.empty(),
          List.of(),
          List.of(),
          false,
          Optional.empty(),
          Json.mapper().createObjectNode(),
          "UTC",
          Map.of());

  public AgentSettings {
    modelSettings = modelSettings.deepCopy();
    responseFormat = responseFormat.map(ObjectNode::deepCopy);
    compaction = compaction.deepCopy();
    toolIds = toolIds.stream().distinct().toList();
    toolRules = List.copyOf(toolRules);
    more = Map.copyOf(more);
    bounded("system", system.length(), MAX_SYSTEM);
    bounded("list of tools", toolIds.size(), MAX_TOOLS);
    bounded("list of tool rules", toolRules.size(), MAX_TOOLS);
    bounded("model_settings", size(modelSettings), MAX_JSON);
    bounded("compaction_settings", size(compaction), MAX_JSON);
    bounded("response_format", responseFormat.map(AgentSettings::size).orElse(0), MAX_JSON);
    bounded("timezone", timezone.length(), 100);
    for (Map.Entry<String, JsonNode> entry : more.entrySet()) {
      bounded(entry.getKey(), entry.getValue().toString().length(), MAX_JSON);
    }
  }

  /** The same with other tools, in this order. */
  public AgentSettings withTools(List<String> ids) {
    return new AgentSettings(
        type,
        system,
        model,
        embedding,
        modelSettings,
        contextWindow,
        ids,
        toolRules,
        autoclear,
        responseFormat,
        compaction,
        timezone,
        more);
  }

  /** The same with other rules. */
  public AgentSettings withRules(List<ToolRule> rules) {
    return new AgentSettings(
        type,
        system,
        model,
        embedding,
        modelSettings,
        contextWindow,
        toolIds,
        rules,
        autoclear,
        responseFormat,
        compaction,
        timezone,
        more);
  }

  /** The same with this model. */
  public AgentSettings withModel(String handle) {
    return new AgentSettings(
        type,
        system,
        Optional.of(handle),
        embedding,
        modelSettings,
        contextWindow,
        toolIds,
        toolRules,
        autoclear,
        responseFormat,
        compaction,
        timezone,
        more);
  }

  /** The same, summed up in another way. */
  public AgentSettings withCompaction(ObjectNode other) {
    return new AgentSettings(
        type,
        system,
        model,
        embedding,
        modelSettings,
        contextWindow,
        toolIds,
        toolRules,
        autoclear,
        responseFormat,
        other,
        timezone,
        more);
  }

  /** The same with these base instructions. */
  public AgentSettings withSystem(String text) {
    return new AgentSettings(
        type,
        text,
        model,
        embedding,
        modelSettings,
        contextWindow,
        toolIds,
        toolRules,
        autoclear,
        responseFormat,
        compaction,
        timezone,
        more);
  }

  private static int size(ObjectNode node) {
    return node.isEmpty() ? 0 : node.toString().length();
  }

  private static void bounded(String what, int size, int limit) {
    if (size > limit) {
      throw MnemeException.limit(
          "setting_too_large", "The " + what + " has " + size + "; at most " + limit + " fit.");
    }
  }
}
