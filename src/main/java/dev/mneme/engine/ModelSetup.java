package dev.mneme.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.AgentSettings;
import dev.mneme.model.ChatSettings;
import dev.mneme.model.ModelInfo;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What an agent's settings mean for its model. */
final class ModelSetup {
  private ModelSetup() {}

  static ChatSettings chat(AgentSettings settings) {
    ObjectNode set = settings.modelSettings();
    return new ChatSettings(
        set.path("temperature").isNumber()
            ? OptionalDouble.of(set.path("temperature").asDouble())
            : OptionalDouble.empty(),
        number(set.path("max_output_tokens")),
        set.path("parallel_tool_calls").asBoolean(true),
        format(set, settings),
        set.path("enable_reasoner").asBoolean(true)
            && !set.path("thinking").path("type").asText().equals("disabled"),
        effort(set),
        number(
            set.has("thinking")
                ? set.path("thinking").path("budget_tokens")
                : set.path("thinking_config").path("thinking_budget")));
  }

  /** The tokens an agent's context may take. */
  static int window(AgentSettings settings, ModelInfo model) {
    return Math.min(settings.contextWindow().orElse(Integer.MAX_VALUE), model.contextWindow());
  }

  private static Optional<ObjectNode> format(ObjectNode set, AgentSettings settings) {
    Optional<ObjectNode> format =
        set.path("response_format") instanceof ObjectNode own
            ? Optional.of(own)
            : settings.responseFormat();
    return format.filter(f -> !f.path("type").asText("text").equals("text"));
  }

  private static Optional<String> effort(ObjectNode set) {
    JsonNode effort = set.path("reasoning").path("reasoning_effort");
    JsonNode chosen = effort.isTextual() ? effort : set.path("effort");
    return chosen.isTextual() ? Optional.of(chosen.asText()) : Optional.empty();
  }

  private static OptionalInt number(JsonNode node) {
    return node.isInt() && node.intValue() > 0
        ? OptionalInt.of(node.intValue())
        : OptionalInt.empty();
  }
}
