package dev.mneme.model.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.Content;
import dev.mneme.model.ToolReply;
import dev.mneme.model.ToolRequest;
import dev.mneme.model.http.SafeArguments;
import java.util.List;

/** Writes messages as this protocol has them: roles take turns, and the user begins. */
final class AnthropicMessages {
  private final boolean thoughts;

  /**
   * @param thoughts whether earlier thoughts go along
   */
  AnthropicMessages(boolean thoughts) {
    this.thoughts = thoughts;
  }

  ArrayNode of(List<ChatMessage> messages) {
    ArrayNode array = Json.mapper().createArrayNode();
    for (ChatMessage message : messages) {
      ArrayNode blocks = Json.mapper().createArrayNode();
      String role =
          switch (message) {
            case ChatMessage.Instructions _ -> "";
            case ChatMessage.User m -> {
              m.content().forEach(c -> content(c, blocks));
              yield "user";
            }
            case ChatMessage.Assistant m -> {
              m.content().forEach(c -> content(c, blocks));
              m.toolRequests().forEach(r -> request(r, blocks.addObject()));
              yield "assistant";
            }
            case ChatMessage.ToolReplies m -> {
              m.replies().forEach(r -> reply(r, blocks.addObject()));
              yield "user";
            }
          };
      if (!blocks.isEmpty()) {
        add(role, blocks, array);
      }
    }
    return array;
  }

  private static void add(String role, ArrayNode blocks, ArrayNode array) {
    if (array.isEmpty() && role.equals("assistant")) {
      text("The conversation goes on.", array.addObject().put("role", "user").putArray("content"));
    }
    ObjectNode last = array.isEmpty() ? null : (ObjectNode) array.get(array.size() - 1);
    if (last != null && last.path("role").asText().equals(role)) {
      last.withArrayProperty("content").addAll(blocks);
    } else {
      array.addObject().put("role", role).set("content", blocks);
    }
  }

  private void content(Content content, ArrayNode blocks) {
    switch (content) {
      case Content.Text text -> text(text.text(), blocks);
      case Content.Image image ->
          blocks
              .addObject()
              .put("type", "image")
              .putObject("source")
              .put("type", "base64")
              .put("media_type", image.mediaType())
              .put("data", image.data());
      case Content.Reasoning thought -> {
        if (thoughts && Thinking.canGoBack(thought)) {
          blocks
              .addObject()
              .put("type", "thinking")
              .put("thinking", thought.reasoning())
              .put("signature", thought.signature().orElseThrow());
        }
      }
      case Content.RedactedReasoning hidden -> {
        if (thoughts && Thinking.canGoBack(hidden)) {
          blocks.addObject().put("type", "redacted_thinking").put("data", hidden.data());
        }
      }
    }
  }

  /** Blank texts are refused. */
  private static void text(String text, ArrayNode blocks) {
    if (!text.isBlank()) {
      blocks.addObject().put("type", "text").put("text", text);
    }
  }

  private static void request(ToolRequest request, ObjectNode block) {
    block.put("type", "tool_use").put("id", id(request.id())).put("name", request.name());
    block.set("input", SafeArguments.object(request.arguments()));
  }

  private static void reply(ToolReply reply, ObjectNode block) {
    block.put("type", "tool_result").put("tool_use_id", id(reply.id()));
    block.put("content", reply.text());
    if (reply.isError()) {
      block.put("is_error", true);
    }
  }

  /** Ids of other providers may have characters that are refused here. */
  private static String id(String id) {
    return id.replaceAll("[^A-Za-z0-9_-]", "_");
  }
}
