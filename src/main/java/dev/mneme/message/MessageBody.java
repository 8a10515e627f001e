package dev.mneme.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.model.Content;
import dev.mneme.model.ToolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a message says, as it stands in its row: a JSON object. Written and read by hand, because a
 * context is some hundred of them at each step.
 */
record MessageBody(
    List<Content> content, List<ToolRequest> toolRequests, List<ToolReturn> toolReturns) {

  static MessageBody of(Message message) {
    return new MessageBody(message.content(), message.toolRequests(), message.toolReturns());
  }

  String text() {
    return Json.write(json());
  }

  static MessageBody parse(String text) {
    return read(Json.parse(text));
  }

  ObjectNode json() {
    ObjectNode all = Json.mapper().createObjectNode();
    if (!content.isEmpty()) {
      ArrayNode parts = all.putArray("content");
      content.forEach(part -> write(part, parts.addObject()));
    }
    if (!toolRequests.isEmpty()) {
      ArrayNode requests = all.putArray("tool_requests");
      for (ToolRequest request : toolRequests) {
        requests
            .addObject()
            .put("id", request.id())
            .put("name", request.name())
            .put("arguments", request.arguments());
      }
    }
    if (!toolReturns.isEmpty()) {
      ArrayNode returns = all.putArray("tool_returns");
      toolReturns.forEach(one -> write(one, returns.addObject()));
    }
    return all;
  }

  static MessageBody read(JsonNode all) {
    List<Content> content = new ArrayList<>();
    all.path("content").forEach(part -> content.add(part(part)));
    List<ToolRequest> requests = new ArrayList<>();
    all.path("tool_requests")
        .forEach(one ->
            requests.add(
                new ToolRequest(text(one, "id"), text(one, "name"), text(one, "arguments"))));
    List<ToolReturn> returns = new ArrayList<>();
    all.path("tool_returns")
        .forEach(one ->
            returns.add(
                new ToolReturn(
                    text(one, "tool_call_id"),
                    text(one, "tool"),
                    one.path("is_error").asBoolean(),
                    text(one, "text"),
                    optional(one, "stdout"),
                    optional(one, "stderr"))));
    return new MessageBody(content, requests, returns);
  }

  private static void write(Content part, ObjectNode to) {
    switch (part) {
      case Content.Text it -> to.put("type", "text").put("text", it.text());
      case Content.Image it ->
          to.put("type", "image").put("media_type", it.mediaType()).put("data", it.data());
      case Content.Reasoning it -> {
        to.put("type", "reasoning").put("reasoning", it.reasoning());
        it.signature().ifPresent(signature -> to.put("signature", signature));
      }
      case Content.RedactedReasoning it ->
          to.put("type", "redacted_reasoning").put("data", it.data());
    }
  }

  private static void write(ToolReturn one, ObjectNode to) {
    to.put("tool_call_id", one.toolCallId())
        .put("tool", one.tool())
        .put("is_error", one.isError())
        .put("text", one.text());
    one.stdout().ifPresent(text -> to.put("stdout", text));
    one.stderr().ifPresent(text -> to.put("stderr", text));
  }

  private static Content part(JsonNode from) {
    String type = text(from, "type");
    return switch (type) {
      case "text" -> new Content.Text(text(from, "text"));
      case "image" -> new Content.Image(text(from, "media_type"), text(from, "data"));
      case "reasoning" ->
          new Content.Reasoning(text(from, "reasoning"), optional(from, "signature"));
      case "redacted_reasoning" -> new Content.RedactedReasoning(text(from, "data"));
      default -> throw new IllegalStateException("A stored message has a part of type " + type);
    };
  }

  private static String text(JsonNode from, String field) {
    return from.path(field).asText();
  }

  private static Optional<String> optional(JsonNode from, String field) {
    return from.hasNonNull(field) ? Optional.of(from.get(field).asText()) : Optional.empty();
  }
}
