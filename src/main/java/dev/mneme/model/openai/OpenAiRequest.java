package dev.mneme.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ChatSettings;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.ToolChoice;
import dev.mneme.model.ToolSpec;
import java.util.Optional;

/** Writes a request. What does not change from step to step comes first, for the prompt cache. */
final class OpenAiRequest {
  private OpenAiRequest() {}

  static ObjectNode of(ChatRequest request, ModelInfo model, Dialect dialect) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("model", model.name());
    if (!request.tools().isEmpty()) {
      ArrayNode tools = body.putArray("tools");
      request.tools().forEach(tool -> tools.add(tool(tool)));
      toolChoice(request, model, body);
    }
    body.set("messages", OpenAiMessages.of(request.messages(), dialect));
    settings(request.settings(), model, dialect, body);
    body.put("stream", true);
    body.putObject("stream_options").put("include_usage", true);
    return body;
  }

  private static ObjectNode tool(ToolSpec tool) {
    ObjectNode node = Json.mapper().createObjectNode().put("type", "function");
    ObjectNode function = node.putObject("function");
    function.put("name", tool.name()).put("description", tool.description());
    function.set("parameters", tool.parameters());
    return node;
  }

  private static void toolChoice(ChatRequest request, ModelInfo model, ObjectNode body) {
    switch (request.toolChoice()) {
      case ToolChoice.Auto _ -> {
        // As it is anyway.
      }
      case ToolChoice.Any _ -> body.put("tool_choice", "required");
      case ToolChoice.Named named ->
          body.putObject("tool_choice")
              .put("type", "function")
              .putObject("function")
              .put("name", named.tool());
    }
    // The o models refuse the field.
    if (!request.settings().parallelToolCalls() && !model.name().matches("o[0-9].*")) {
      body.put("parallel_tool_calls", false);
    }
  }

  private static void settings(
      ChatSettings settings, ModelInfo model, Dialect dialect, ObjectNode body) {
    boolean thinker = dialect.official() && model.reasoning();
    settings
        .maxOutputTokens()
        .ifPresent(
            most -> body.put(dialect.official() ? "max_completion_tokens" : "max_tokens", most));
    // OpenAI's reasoning models refuse any temperature but their own.
    if (!thinker) {
      settings.temperature().ifPresent(t -> body.put("temperature", t));
    }
    if (model.reasoning()) {
      effort(settings, model.name(), thinker).ifPresent(e -> body.put("reasoning_effort", e));
    }
    settings
        .responseFormat()
        .flatMap(OpenAiRequest::format)
        .ifPresent(f -> body.set("response_format", f));
  }

  private static Optional<String> effort(ChatSettings settings, String model, boolean thinker) {
    if (settings.reasoning() || !thinker) {
      return settings.reasoning() ? settings.reasoningEffort() : Optional.empty();
    }
    // The least each generation can be asked for.
    if (model.startsWith("gpt-5.")) {
      return Optional.of("none");
    }
    return Optional.of(model.startsWith("gpt-5") ? "minimal" : "low");
  }

  private static Optional<ObjectNode> format(ObjectNode wanted) {
    String type = wanted.path("type").asText();
    if (!type.equals("json_schema")) {
      return type.equals("json_object") ? Optional.of(wanted) : Optional.empty();
    }
    JsonNode given = wanted.path("json_schema");
    ObjectNode format = Json.mapper().createObjectNode().put("type", type);
    ObjectNode schema = format.putObject("json_schema");
    schema.put("name", given.path("name").asText("answer"));
    if (given.path("schema").isObject()) {
      schema.setAll((ObjectNode) given);
    } else {
      schema.set("schema", given);
    }
    return Optional.of(format);
  }
}
