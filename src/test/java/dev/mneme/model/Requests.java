package dev.mneme.model;

import dev.mneme.common.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Requests for tests. */
public final class Requests {
  private Requests() {}

  public static ChatRequest of(ChatMessage... messages) {
    return new ChatRequest(List.of(messages), List.of(), ToolChoice.AUTO, ChatSettings.DEFAULT);
  }

  public static ChatRequest of(List<ChatMessage> messages, String... tools) {
    return new ChatRequest(
        messages,
        Arrays.stream(tools).map(Requests::tool).toList(),
        ToolChoice.AUTO,
        ChatSettings.DEFAULT);
  }

  public static ToolSpec tool(String name) {
    return new ToolSpec(
        name,
        "Does something with a text.",
        Json.mapper()
            .createObjectNode()
            .put("type", "object")
            .set(
                "properties",
                Json.mapper()
                    .createObjectNode()
                    .set("query", Json.mapper().createObjectNode().put("type", "string"))));
  }

  public static ChatMessage user(String text) {
    return new ChatMessage.User(List.of(Content.text(text)), Optional.empty());
  }

  public static ChatMessage said(ChatReply reply) {
    return new ChatMessage.Assistant(reply.content(), reply.toolRequests());
  }

  /** The same return for all that a reply asked for. */
  public static ChatMessage returned(ChatReply reply, String text) {
    return new ChatMessage.ToolReplies(
        reply.toolRequests().stream()
            .map(r -> new ToolReply(r.id(), r.name(), text, false))
            .toList());
  }

  public static List<ChatMessage> plus(List<ChatMessage> messages, ChatMessage... more) {
    List<ChatMessage> all = new ArrayList<>(messages);
    all.addAll(List.of(more));
    return all;
  }

  public static String text(ChatReply reply) {
    return reply.content().stream()
        .filter(Content.Text.class::isInstance)
        .map(c -> ((Content.Text) c).text())
        .reduce("", String::concat);
  }
}
