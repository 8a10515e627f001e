package dev.mneme.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.Content;
import dev.mneme.model.ToolRequest;
import dev.mneme.model.http.SafeArguments;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes messages as this protocol has them. */
final class OpenAiMessages {
  private OpenAiMessages() {}

  static ArrayNode of(List<ChatMessage> messages, Dialect dialect) {
    ArrayNode array = Json.mapper().createArrayNode();
    int turn = lastUser(messages);
    for (int i = 0; i < messages.size(); i++) {
      switch (messages.get(i)) {
        case ChatMessage.Instructions m ->
            array.addObject().put("role", "system").put("content", m.text());
        case ChatMessage.User m -> user(m, array.addObject());
        case ChatMessage.Assistant m ->
            assistant(m, i > turn && !dialect.official(), array.addObject());
        case ChatMessage.ToolReplies m ->
            m.replies()
                .forEach(reply ->
                    array
                        .addObject()
                        .put("role", "tool")
                        .put("tool_call_id", reply.id())
                        .put("content", reply.text()));
      }
    }
    return array;
  }

  private static int lastUser(List<ChatMessage> messages) {
    int last = messages.size() - 1;
    while (last >= 0 && !(messages.get(last) instanceof ChatMessage.User)) {
      last--;
    }
    return last;
  }

  private static void user(ChatMessage.User message, ObjectNode node) {
    node.put("role", "user");
    message
        .name()
        .filter(n -> n.matches("[A-Za-z0-9_-]{1,64}"))
        .ifPresent(n -> node.put("name", n));
    boolean images = message.content().stream().anyMatch(Content.Image.class::isInstance);
    if (!images) {
      node.put("content", text(message.content()));
      return;
    }
    ArrayNode parts = node.putArray("content");
    for (Content content : message.content()) {
      if (content instanceof Content.Text text) {
        parts.addObject().put("type", "text").put("text", text.text());
      } else if (content instanceof Content.Image image) {
        parts
            .addObject()
            .put("type", "image_url")
            .putObject("image_url")
            .put("url", "data:" + image.mediaType() + ";base64," + image.data());
      }
    }
  }

  /**
   * @param thoughts whether the provider wants the thoughts of this turn back, as some do while
   *     tools are used
   */
  private static void assistant(ChatMessage.Assistant message, boolean thoughts, ObjectNode node) {
    node.put("role", "assistant");
    String text = text(message.content());
    List<ToolRequest> requests = message.toolRequests();
    if (text.isEmpty() && !requests.isEmpty()) {
      node.putNull("content");
    } else {
      node.put("content", text);
    }
    if (requests.isEmpty()) {
      return;
    }
    String reasoning =
        message.content().stream()
            .filter(Content.Reasoning.class::isInstance)
            .map(c -> ((Content.Reasoning) c).reasoning())
            .collect(Collectors.joining("\n"));
    if (thoughts && !reasoning.isEmpty()) {
      node.put("reasoning_content", reasoning);
    }
    Map<String, JsonNode> extras = HiddenExtras.of(message.content());
    ArrayNode calls = node.putArray("tool_calls");
    for (ToolRequest request : requests) {
      ObjectNode call = calls.addObject().put("id", request.id()).put("type", "function");
      call.putObject("function")
          .put("name", request.name())
          .put("arguments", SafeArguments.text(request.arguments()));
      if (extras.containsKey(request.id())) {
        call.set("extra_content", extras.get(request.id()));
      }
    }
  }

  private static String text(List<Content> content) {
    return content.stream()
        .filter(Content.Text.class::isInstance)
        .map(c -> ((Content.Text) c).text())
        .collect(Collectors.joining("\n"));
  }
}
