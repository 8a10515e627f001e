package dev.mneme.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ChatSettings;
import dev.mneme.model.ChatUsage;
import dev.mneme.model.Content;
import dev.mneme.model.ToolChoice;
import dev.mneme.model.ToolReply;
import dev.mneme.model.ToolRequest;
import dev.mneme.model.ToolSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chat completions. */
final class OpenAiWire implements Wire {
  @Override
  public ChatRequest read(JsonNode body) {
    List<ChatMessage> messages = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    List<ToolReply> replies = new ArrayList<>();
    for (JsonNode message : body.path("messages")) {
      String role = message.path("role").asText();
      if (!role.equals("tool") && !replies.isEmpty()) {
        messages.add(new ChatMessage.ToolReplies(replies));
        replies.clear();
      }
      switch (role) {
        case "system" -> messages.add(new ChatMessage.Instructions(text(message)));
        case "user" ->
            messages.add(
                new ChatMessage.User(List.of(Content.text(text(message))), Optional.empty()));
        case "assistant" -> messages.add(assistant(message, names));
        case "tool" -> {
          String id = message.path("tool_call_id").asText();
          if (!names.containsKey(id)) {
            throw new IllegalArgumentException("no tool call has the id " + id);
          }
          replies.add(new ToolReply(id, names.get(id), text(message), false));
        }
        default -> throw new IllegalArgumentException("unknown role " + role);
      }
    }
    if (!replies.isEmpty()) {
      messages.add(new ChatMessage.ToolReplies(replies));
    }
    List<ToolSpec> tools = new ArrayList<>();
    for (JsonNode tool : body.path("tools")) {
      JsonNode function = tool.path("function");
      tools.add(
          new ToolSpec(
              function.path("name").asText(),
              function.path("description").asText(),
              (ObjectNode) function.path("parameters")));
    }
    return new ChatRequest(messages, tools, ToolChoice.AUTO, ChatSettings.DEFAULT);
  }

  private static ChatMessage assistant(JsonNode message, Map<String, String> names) {
    List<ToolRequest> requests = new ArrayList<>();
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      names.put(call.path("id").asText(), function.path("name").asText());
      Json.parseObject(function.path("arguments").asText());
      requests.add(
          new ToolRequest(
              call.path("id").asText(),
              function.path("name").asText(),
              function.path("arguments").asText()));
    }
    String text = text(message);
    return new ChatMessage.Assistant(
        text.isEmpty() ? List.of() : List.of(Content.text(text)), requests);
  }

  private static String text(JsonNode message) {
    JsonNode content = message.path("content");
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText("")));
    return text.toString();
  }

  @Override
  public String error(int status, String type, String message) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putObject("error").put("message", message).put("type", "server_error").put("code", type);
    return Json.write(body);
  }

  @Override
  public Writer writer(WireServer.Answer answer, String model) {
    Events events = new Events(answer);
    return new Writer() {
      private ObjectNode chunk() {
        return Json.mapper()
            .createObjectNode()
            .put("id", "chatcmpl-test")
            .put("object", "chat.completion.chunk")
            .put("created", 1_700_000_000)
            .put("model", model);
      }

      private void delta(ObjectNode delta) {
        ObjectNode chunk = chunk();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("finish_reason");
        events.data(Json.write(chunk));
      }

      @Override
      public boolean begun() {
        return events.begun();
      }

      @Override
      public void onReasoning(String text) {
        delta(Json.mapper().createObjectNode().put("reasoning_content", text));
      }

      @Override
      public void onText(String text) {
        delta(Json.mapper().createObjectNode().put("content", text));
      }

      @Override
      public void onToolRequest(int index, String id, String name, String arguments) {
        ObjectNode delta = Json.mapper().createObjectNode();
        ObjectNode call = delta.putArray("tool_calls").addObject().put("index", index);
        ObjectNode function = call.putObject("function").put("arguments", arguments);
        if (!id.isEmpty()) {
          call.put("id", id).put("type", "function");
          function.put("name", name);
        }
        delta(delta);
      }

      @Override
      public void end(ChatReply reply) {
        ObjectNode last = chunk();
        ObjectNode choice = last.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.put("finish_reason", reply.toolRequests().isEmpty() ? "stop" : "tool_calls");
        events.data(Json.write(last));
        ChatUsage usage = reply.usage();
        ObjectNode counted = chunk();
        counted.putArray("choices");
        ObjectNode tokens =
            counted
                .putObject("usage")
                .put("prompt_tokens", usage.promptTokens())
                .put("completion_tokens", usage.completionTokens())
                .put("total_tokens", usage.totalTokens());
        tokens.putObject("prompt_tokens_details").put("cached_tokens", usage.cachedInputTokens());
        tokens
            .putObject("completion_tokens_details")
            .put("reasoning_tokens", usage.reasoningTokens());
        events.data(Json.write(counted));
        events.data("[DONE]");
        events.end();
      }
    };
  }
}
