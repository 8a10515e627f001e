package dev.mneme.api.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.AgentDraft;
import dev.mneme.agent.AgentSettings;
import dev.mneme.agent.AgentUpdate;
import dev.mneme.agent.ToolRules;
import dev.mneme.api.http.Body;
import dev.mneme.api.memory.BlockBodies;
import dev.mneme.common.Json;
import dev.mneme.secret.SecretText;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads what clients send about agents. */
final class AgentBodies {
  private static final Set<String> TYPES =
      Set.of(
          "letta_v1_agent",
          "memgpt_agent",
          "memgpt_v2_agent",
          "react_agent",
          "workflow_agent",
          "split_thread_agent",
          "sleeptime_agent",
          "voice_convo_agent",
          "voice_sleeptime_agent");

  private AgentBodies() {}

  static AgentDraft draft(Body body, String otherwise) {
    return new AgentDraft(
        body.text("name").orElse(otherwise),
        body.text("description").orElse(""),
        body.texts("tags").orElse(List.of()),
        body.map("metadata").orElse(Map.of()),
        body.bodies("memory_blocks").orElse(List.of()).stream().map(BlockBodies::draft).toList(),
        ids(body, "block_ids", "block").orElse(List.of()),
        settings(AgentSettings.DEFAULT, body));
  }

  /** What is not a setting. */
  static AgentUpdate update(Body body) {
    return new AgentUpdate(
        body.text("name"),
        body.text("description"),
        body.texts("tags"),
        body.map("metadata"),
        Optional.empty());
  }

  /** The settings with what the body changes. */
  static AgentSettings settings(AgentSettings old, Body body) {
    Optional<Body> llm = body.object("llm_config").map(node -> Body.of("body.llm_config", node));
    Optional<Body> embedding =
        body.object("embedding_config").map(node -> Body.of("body.embedding_config", node));
    OptionalInt window = OptionalInt.empty();
    Optional<Integer> given =
        body.integer("context_window_limit")
            .or(() -> llm.flatMap(c -> c.integer("context_window")));
    if (given.isPresent()) {
      window = OptionalInt.of(positive(body, "context_window_limit", given.get()));
    }
    return new AgentSettings(
        type(body).orElse(old.type()),
        body.text("system").orElse(old.system()),
        body.text("model").or(() -> llm.flatMap(AgentBodies::handle)).or(old::model),
        body.text("embedding")
            .or(() -> embedding.flatMap(c -> c.text("handle")))
            .or(old::embedding),
        modelSettings(old.modelSettings(), body, llm),
        window.isPresent() ? window : old.contextWindow(),
        ids(body, "tool_ids", "tool").orElse(old.toolIds()),
        body.any("tool_rules").map(ToolRules::read).orElse(old.toolRules()),
        body.flag("message_buffer_autoclear").orElse(old.autoclear()),
        body.has("response_format") ? body.object("response_format") : old.responseFormat(),
        body.object("compaction_settings").orElse(old.compaction()),
        timezone(body).orElse(old.timezone()),
        AgentExtras.read(old.more(), body));
  }

  /** The secrets, under their newer or older name; absent: they stay. */
  static Optional<Map<String, SecretText>> secrets(Body body) {
    Optional<ObjectNode> given =
        body.object("secrets").or(() -> body.object("tool_exec_environment_variables"));
    return given.map(object -> {
      Map<String, SecretText> secrets = new LinkedHashMap<>();
      object
          .properties()
          .forEach(
              entry -> secrets.put(entry.getKey(), new SecretText(text(body, entry.getValue()))));
      return secrets;
    });
  }

  static Optional<List<String>> ids(Body body, String name, String prefix) {
    return body.list(name, (where, value) -> Body.idOf(where, value, prefix));
  }

  private static String text(Body body, JsonNode value) {
    if (!value.isTextual()) {
      throw body.wrong("secrets", "an object of strings");
    }
    return value.textValue();
  }

  private static Optional<String> type(Body body) {
    Optional<String> type = body.text("agent_type");
    if (type.isPresent() && !TYPES.contains(type.get())) {
      throw body.wrong(
          "agent_type", "one of " + String.join(", ", TYPES.stream().sorted().toList()));
    }
    return type;
  }

  private static Optional<String> handle(Body llm) {
    return llm.text("handle")
        .or(() ->
            llm.text("provider_name")
                .or(() -> llm.text("model_endpoint_type"))
                .flatMap(provider -> llm.text("model").map(model -> provider + '/' + model)));
  }

  private static int positive(Body body, String name, int value) {
    if (value < 1) {
      throw body.wrong(name, "at least 1");
    }
    return value;
  }

  private static Optional<String> timezone(Body body) {
    Optional<String> zone = body.text("timezone");
    try {
      zone.ifPresent(ZoneId::of);
    } catch (DateTimeException _) {
      throw body.wrong("timezone", "a time zone such as Europe/Lisbon");
    }
    return zone;
  }

  /** What a model would refuse in every step. */
  private static void check(Body settings) {
    if (settings.any("temperature").filter(value -> !value.isNumber()).isPresent()) {
      throw settings.wrong("temperature", "a number");
    }
    settings
        .integer("max_output_tokens")
        .ifPresent(value -> positive(settings, "max_output_tokens", value));
    settings.flag("parallel_tool_calls");
  }

  private static ObjectNode modelSettings(ObjectNode old, Body body, Optional<Body> llm) {
    ObjectNode set = body.object("model_settings").orElse(old).deepCopy();
    llm.ifPresent(config -> {
      config.any("temperature").ifPresent(value -> set.set("temperature", value));
      config.any("max_tokens").ifPresent(value -> set.set("max_output_tokens", value));
      config.any("parallel_tool_calls").ifPresent(value -> set.set("parallel_tool_calls", value));
      config.any("enable_reasoner").ifPresent(value -> set.set("enable_reasoner", value));
      config
          .any("reasoning_effort")
          .ifPresent(value ->
              set.set(
                  "reasoning", Json.mapper().createObjectNode().set("reasoning_effort", value)));
    });
    body.integer("max_tokens").ifPresent(value -> set.put("max_output_tokens", value));
    body.flag("parallel_tool_calls").ifPresent(value -> set.put("parallel_tool_calls", value));
    body.flag("reasoning").ifPresent(value -> set.put("enable_reasoner", value));
    check(Body.of("body.model_settings", set));
    return set;
  }
}
