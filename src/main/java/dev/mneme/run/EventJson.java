package dev.mneme.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.message.MessageJson;
import dev.mneme.model.ChatUsage;

/** Events as they stand in their rows. */
final class EventJson {
  private EventJson() {}

  static String write(RunEvent event) {
    ObjectNode to = Json.mapper().createObjectNode();
    switch (event) {
      case RunEvent.ReasoningDelta it ->
          to.put("is", "reasoning").put("message", it.messageId()).put("text", it.text());
      case RunEvent.TextDelta it ->
          to.put("is", "text").put("message", it.messageId()).put("text", it.text());
      case RunEvent.ToolRequestDelta it ->
          to.put("is", "tool")
              .put("message", it.messageId())
              .put("index", it.index())
              .put("call", it.toolCallId())
              .put("tool", it.tool())
              .put("text", it.arguments());
      case RunEvent.Said it -> to.put("is", "said").set("message", MessageJson.write(it.message()));
      case RunEvent.Compacted it ->
          to.put("is", "compacted")
              .put("trigger", it.trigger())
              .put("tokens", it.contextTokens())
              .put("window", it.contextWindow())
              .set("message", MessageJson.write(it.summary()));
      case RunEvent.Failed it ->
          to.put("is", "failed").put("type", it.errorType()).put("text", it.message());
      case RunEvent.Ended it -> {
        to.put("is", "ended")
            .put("reason", it.reason().text())
            .put("steps", it.steps())
            .put("tokens", it.contextTokens());
        to.putArray("usage")
            .add(it.usage().promptTokens())
            .add(it.usage().completionTokens())
            .add(it.usage().cachedInputTokens())
            .add(it.usage().cacheWriteTokens())
            .add(it.usage().reasoningTokens());
      }
    }
    return Json.write(to);
  }

  static RunEvent read(String json) {
    JsonNode from = Json.parse(json);
    String text = from.path("text").asText();
    JsonNode message = from.path("message");
    return switch (from.path("is").asText()) {
      case "reasoning" -> new RunEvent.ReasoningDelta(message.asText(), text);
      case "text" -> new RunEvent.TextDelta(message.asText(), text);
      case "tool" ->
          new RunEvent.ToolRequestDelta(
              message.asText(),
              from.path("index").asInt(),
              from.path("call").asText(),
              from.path("tool").asText(),
              text);
      case "said" -> new RunEvent.Said(MessageJson.read(message));
      case "compacted" ->
          new RunEvent.Compacted(
              MessageJson.read(message),
              from.path("trigger").asText(),
              from.path("tokens").asInt(),
              from.path("window").asInt());
      case "failed" -> new RunEvent.Failed(from.path("type").asText(), text);
      case "ended" ->
          new RunEvent.Ended(
              StopReason.of(from.path("reason").asText()),
              usage(from.path("usage")),
              from.path("steps").asInt(),
              from.path("tokens").asInt());
      default -> throw new IllegalStateException("A stored event is of no known kind.");
    };
  }

  private static ChatUsage usage(JsonNode counts) {
    return new ChatUsage(
        counts.path(0).asInt(),
        counts.path(1).asInt(),
        counts.path(2).asInt(),
        counts.path(3).asInt(),
        counts.path(4).asInt());
  }
}
