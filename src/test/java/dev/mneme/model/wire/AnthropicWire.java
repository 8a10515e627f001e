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

/** Messages; strict where the real provider is: turns, signatures, thoughts before tools. */
final class AnthropicWire implements Wire {
  /** Thoughts that begin so are sent hidden. */
  static final String HIDDEN = "[hidden]";

  @Override
  public ChatRequest read(JsonNode body) {
    require(body.path("max_tokens").asInt() > 0, "max_tokens: field required");
    List<ChatMessage> messages = new ArrayList<>();
    body.path("system")
        .forEach(s -> messages.add(new ChatMessage.Instructions(s.path("text").asText())));
    boolean thinks = body.has("thinking");
    Map<String, String> names = new HashMap<>();
    String before = "assistant";
    for (JsonNode message : body.path("messages")) {
      String role = message.path("role").asText();
      require(!role.equals(before), "messages: roles must alternate");
      before = role;
      messages.add(role.equals("user") ? user(message, names) : assistant(message, names));
    }
    require(before.equals("user"), "messages: the last one must be the user's");
    if (thinks && messages.getLast() instanceof ChatMessage.ToolReplies) {
      String first =
          body.path("messages")
              .path(body.path("messages").size() - 2)
              .path("content")
              .path(0)
              .path("type")
              .asText();
      require(
          first.endsWith("thinking"),
          "Expected `thinking` or `redacted_thinking`, but found `" + first + "`");
    }
    List<ToolSpec> tools = new ArrayList<>();
    for (JsonNode tool : body.path("tools")) {
      tools.add(
          new ToolSpec(
              tool.path("name").asText(),
              tool.path("description").asText(),
              (ObjectNode) tool.path("input_schema")));
    }
    return new ChatRequest(messages, tools, ToolChoice.AUTO, ChatSettings.DEFAULT);
  }

  private static ChatMessage user(JsonNode message, Map<String, String> names) {
    List<ToolReply> replies = new ArrayList<>();
    List<Content> content = new ArrayList<>();
    for (JsonNode block : message.path("content")) {
      if (block.path("type").asText().equals("tool_result")) {
        String id = block.path("tool_use_id").asText();
        require(names.containsKey(id), "unexpected `tool_use_id`: " + id);
        replies.add(
            new ToolReply(
                id,
                names.get(id),
                block.path("content").asText(),
                block.path("is_error").asBoolean()));
      } else if (block.path("type").asText().equals("text")) {
        require(!block.path("text").asText().isBlank(), "text content blocks must be non-empty");
        content.add(Content.text(block.path("text").asText()));
      }
    }
    return replies.isEmpty()
        ? new ChatMessage.User(content, Optional.empty())
        : new ChatMessage.ToolReplies(replies);
  }

  private static ChatMessage assistant(JsonNode message, Map<String, String> names) {
    List<ToolRequest> requests = new ArrayList<>();
    List<Content> content = new ArrayList<>();
    for (JsonNode block : message.path("content")) {
      switch (block.path("type").asText()) {
        case "text" -> content.add(Content.text(block.path("text").asText()));
        case "thinking" ->
            require(
                block.path("signature").asText().equals(signature(block.path("thinking").asText())),
                "Invalid `signature` in `thinking` block");
        case "redacted_thinking" ->
            require(block.path("data").asText().startsWith("hidden"), "Invalid `data`");
        case "tool_use" -> {
          require(block.path("input").isObject(), "input: must be an object");
          names.put(block.path("id").asText(), block.path("name").asText());
          requests.add(
              new ToolRequest(
                  block.path("id").asText(),
                  block.path("name").asText(),
                  Json.write(block.path("input"))));
        }
        default -> throw new IllegalArgumentException("unknown block");
      }
    }
    return new ChatMessage.Assistant(content, requests);
  }

  static String signature(String thoughts) {
    return "signed-" + thoughts.hashCode();
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  @Override
  public String error(int status, String type, String message) {
    String kind =
        switch (status) {
          case 401 -> "authentication_error";
          case 429 -> "rate_limit_error";
          case 400 -> "invalid_request_error";
          default -> "api_error";
        };
    ObjectNode body = Json.mapper().createObjectNode().put("type", "error");
    String words = type.equals("context_length_exceeded") ? "prompt is too long: 9 > 8" : message;
    body.putObject("error").put("type", kind).put("message", words);
    return Json.write(body);
  }

  @Override
  public Writer writer(WireServer.Answer answer, String model) {
    return new AnthropicWriter(new Events(answer), model);
  }

  /** Writes blocks one after the other. */
  private static final class AnthropicWriter implements Writer {
    private final Events events;
    private final String model;
    private final StringBuilder thoughts = new StringBuilder();
    private String block = "";
    private int index = -1;

    AnthropicWriter(Events events, String model) {
      this.events = events;
      this.model = model;
    }

    @Override
    public boolean begun() {
      return events.begun();
    }

    @Override
    public void onReasoning(String text) {
      boolean hidden = (thoughts + text).startsWith(HIDDEN);
      thoughts.append(text);
      if (hidden) {
        block("redacted_thinking");
        return;
      }
      block("thinking").ifPresent(b -> begin(b.put("thinking", "").put("signature", "")));
      delta("thinking_delta").put("thinking", text);
      flush();
    }

    @Override
    public void onText(String text) {
      block("text").ifPresent(b -> begin(b.put("text", "")));
      delta("text_delta").put("text", text);
      flush();
    }

    @Override
    public void onToolRequest(int number, String id, String name, String arguments) {
      if (!id.isEmpty()) {
        block("tool_use " + number)
            .ifPresent(b -> {
              b.put("type", "tool_use").put("id", id).put("name", name).putObject("input");
              begin(b);
            });
      }
      delta("input_json_delta").put("partial_json", arguments);
      flush();
    }

    @Override
    public void end(ChatReply reply) {
      start();
      endBlock();
      ChatUsage usage = reply.usage();
      ObjectNode delta = Json.mapper().createObjectNode().put("type", "message_delta");
      delta
          .putObject("delta")
          .put("stop_reason", reply.toolRequests().isEmpty() ? "end_turn" : "tool_use");
      delta
          .putObject("usage")
          .put(
              "input_tokens",
              usage.promptTokens() - usage.cachedInputTokens() - usage.cacheWriteTokens())
          .put("cache_read_input_tokens", usage.cachedInputTokens())
          .put("cache_creation_input_tokens", usage.cacheWriteTokens())
          .put("output_tokens", usage.completionTokens());
      events.named("message_delta", delta);
      events.named("message_stop", Json.mapper().createObjectNode().put("type", "message_stop"));
      events.end();
    }

    private ObjectNode pending = Json.mapper().createObjectNode();

    private ObjectNode delta(String type) {
      pending =
          Json.mapper().createObjectNode().put("type", "content_block_delta").put("index", index);
      return pending.putObject("delta").put("type", type);
    }

    private void flush() {
      events.named("content_block_delta", pending);
    }

    /** The new block's description, if it is a new one. */
    private Optional<ObjectNode> block(String type) {
      start();
      if (block.equals(type)) {
        return Optional.empty();
      }
      endBlock();
      block = type;
      index++;
      return Optional.of(Json.mapper().createObjectNode().put("type", type));
    }

    private void start() {
      if (begun()) {
        return;
      }
      ObjectNode start = Json.mapper().createObjectNode().put("type", "message_start");
      start
          .putObject("message")
          .put("id", "msg_test")
          .put("type", "message")
          .put("role", "assistant")
          .put("model", model)
          .putObject("usage")
          .put("input_tokens", 1)
          .put("output_tokens", 1);
      events.named("message_start", start);
      events.named("ping", Json.mapper().createObjectNode().put("type", "ping"));
    }

    private void begin(ObjectNode content) {
      ObjectNode begin =
          Json.mapper().createObjectNode().put("type", "content_block_start").put("index", index);
      begin.set("content_block", content);
      events.named("content_block_start", begin);
    }

    private void endBlock() {
      if (block.isEmpty()) {
        return;
      }
      if (block.equals("redacted_thinking")) {
        begin(
            Json.mapper()
                .createObjectNode()
                .put("type", block)
                .put("data", "hidden" + thoughts.toString().hashCode()));
      } else if (block.equals("thinking")) {
        delta("signature_delta").put("signature", signature(thoughts.toString()));
        flush();
      }
      events.named(
          "content_block_stop",
          Json.mapper().createObjectNode().put("type", "content_block_stop").put("index", index));
      block = "";
    }
  }
}
