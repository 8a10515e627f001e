package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ChatSettings;
import dev.mneme.model.Content;
import dev.mneme.model.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * {@code sampling/createMessage} as a question to a model: text alone, and nothing of what is known
 * here beside it.
 *
 * @param answer tokens that are wanted at most
 */
record SamplingRequest(List<ChatMessage> messages, OptionalDouble temperature, int answer) {
  private static final int MAX_MESSAGES = 100;
  private static final int MAX_TEXT = 200_000;
  private static final int MAX_ANSWER = 8_192;
  private static final int USUAL_ANSWER = 1_024;

  SamplingRequest {
    messages = List.copyOf(messages);
  }

  /**
   * @throws CallFailed for what no server is given
   */
  static SamplingRequest of(ObjectNode params) throws CallFailed {
    JsonNode given = params.path("messages");
    if (!given.isArray() || given.isEmpty() || given.size() > MAX_MESSAGES) {
      throw withheld("it has to send 1 to " + MAX_MESSAGES + " messages");
    }
    if (!params.path("tools").isEmpty()) {
      throw withheld("it wanted a model that calls tools, which was not offered to it");
    }
    List<ChatMessage> messages = new ArrayList<>();
    String system = params.path("systemPrompt").asText("");
    int length = system.length();
    if (!system.isBlank()) {
      messages.add(new ChatMessage.Instructions(system));
    }
    for (JsonNode each : given) {
      String text = text(each.path("content"));
      length += text.length();
      List<Content> content = List.of(Content.text(text));
      messages.add(
          each.path("role").asText("user").equals("assistant")
              ? new ChatMessage.Assistant(content, List.of())
              : new ChatMessage.User(content, Optional.empty()));
    }
    if (length > MAX_TEXT) {
      throw withheld("its messages have more than " + MAX_TEXT + " characters");
    }
    JsonNode temperature = params.path("temperature");
    return new SamplingRequest(
        messages,
        temperature.isNumber()
            ? OptionalDouble.of(Math.clamp(temperature.asDouble(), 0, 2))
            : OptionalDouble.empty(),
        Math.clamp(params.path("maxTokens").asInt(USUAL_ANSWER), 1, MAX_ANSWER));
  }

  /** All that the model reads. */
  String text() {
    return messages.stream()
        .map(message ->
            switch (message) {
              case ChatMessage.Instructions said -> said.text();
              case ChatMessage.User said -> text(said.content());
              case ChatMessage.Assistant said -> text(said.content());
              case ChatMessage.ToolReplies _ -> "";
            })
        .collect(Collectors.joining("\n"));
  }

  /**
   * @param room tokens the answer may have
   */
  ChatRequest chat(int room) {
    ChatSettings usual = ChatSettings.DEFAULT;
    return new ChatRequest(
        messages,
        List.of(),
        ToolChoice.AUTO,
        new ChatSettings(
            temperature,
            OptionalInt.of(room),
            usual.parallelToolCalls(),
            Optional.empty(),
            false,
            Optional.empty(),
            OptionalInt.empty()));
  }

  /** The answer as it goes back to the server. */
  static ObjectNode result(String model, ChatReply reply) {
    ObjectNode result = Json.mapper().createObjectNode().put("role", "assistant");
    result.putObject("content").put("type", "text").put("text", text(reply.content()));
    return result
        .put("model", model)
        .put("stopReason", reply.finish() == ChatReply.Finish.LENGTH ? "maxTokens" : "endTurn");
  }

  private static String text(JsonNode content) throws CallFailed {
    if (content.isArray()) {
      StringBuilder all = new StringBuilder();
      for (JsonNode part : content) {
        all.append(all.isEmpty() ? "" : "\n").append(text(part));
      }
      return all.toString();
    }
    if (!content.path("type").asText("").equals("text") || !content.path("text").isTextual()) {
      throw withheld("it sent something else than text to a model");
    }
    return content.path("text").asText();
  }

  private static String text(List<Content> parts) {
    return parts.stream()
        .filter(part -> part instanceof Content.Text)
        .map(part -> ((Content.Text) part).text())
        .collect(Collectors.joining("\n"));
  }

  private static CallFailed withheld(String why) {
    return new CallFailed(Reason.WITHHELD, why);
  }
}
