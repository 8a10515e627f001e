package dev.mneme.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.ToolChoice;
import dev.mneme.model.ToolSpec;
import java.util.stream.Collectors;

/**
 * Writes a request. Tools, then instructions, then messages is the order in which the provider
 * caches; marks end the part that stays and the part that the next step begins with.
 */
final class AnthropicRequest {
  private static final String AS_JSON = "\n\nAnswer with one JSON object and nothing else.";

  private AnthropicRequest() {}

  static ObjectNode of(ChatRequest request, ModelInfo model) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("model", model.name());
    ArrayNode tools = Json.mapper().createArrayNode();
    request.tools().forEach(tool -> tools.add(tool(tool)));
    String instructions = instructions(request);
    if (!tools.isEmpty()) {
      body.set("tools", tools);
      body.set("tool_choice", toolChoice(request));
      if (instructions.isBlank()) {
        mark((ObjectNode) tools.get(tools.size() - 1));
      }
    }
    if (!instructions.isBlank()) {
      mark(body.putArray("system").addObject().put("type", "text").put("text", instructions));
    }
    Thinking thinking = Thinking.of(request, model);
    ArrayNode messages = new AnthropicMessages(thinking != Thinking.OFF).of(request.messages());
    body.set("messages", messages);
    JsonNode last = messages.path(messages.size() - 1).path("content");
    if (last.path(last.size() - 1) instanceof ObjectNode end) {
      mark(end);
    }
    int most = request.settings().maxOutputTokens().orElse(model.maxOutputTokens());
    thinking.write(request.settings(), most, body);
    format(request, body);
    body.put("stream", true);
    return body;
  }

  private static void mark(ObjectNode end) {
    end.putObject("cache_control").put("type", "ephemeral");
  }

  private static String instructions(ChatRequest request) {
    String text =
        request.messages().stream()
            .filter(ChatMessage.Instructions.class::isInstance)
            .map(m -> ((ChatMessage.Instructions) m).text())
            .collect(Collectors.joining("\n\n"));
    return formatType(request).equals("json_object") ? text + AS_JSON : text;
  }

  private static ObjectNode tool(ToolSpec tool) {
    ObjectNode node =
        Json.mapper()
            .createObjectNode()
            .put("name", tool.name())
            .put("description", tool.description());
    node.set("input_schema", tool.parameters());
    return node;
  }

  private static ObjectNode toolChoice(ChatRequest request) {
    ObjectNode choice = Json.mapper().createObjectNode();
    switch (request.toolChoice()) {
      case ToolChoice.Auto _ -> choice.put("type", "auto");
      case ToolChoice.Any _ -> choice.put("type", "any");
      case ToolChoice.Named named -> choice.put("type", "tool").put("name", named.tool());
    }
    if (!request.settings().parallelToolCalls()) {
      choice.put("disable_parallel_tool_use", true);
    }
    return choice;
  }

  private static void format(ChatRequest request, ObjectNode body) {
    if (formatType(request).equals("json_schema")) {
      JsonNode given = request.settings().responseFormat().orElseThrow().path("json_schema");
      body.withObject("/output_config/format")
          .put("type", "json_schema")
          .set("schema", given.path("schema").isObject() ? given.path("schema") : given);
    }
  }

  private static String formatType(ChatRequest request) {
    return request.settings().responseFormat().map(f -> f.path("type").asText()).orElse("");
  }
}
