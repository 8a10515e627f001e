package dev.mneme.api.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.api.http.Wire;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.message.Message;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.Content;
import dev.mneme.model.ToolRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stored message as the messages that clients read: one, or several with the same id. */
public final class WireMessages {
  private WireMessages() {}

  /** Those that the form asks for, in their order; hidden messages are not shown. */
  public static List<ObjectNode> of(Message message, AnswerForm form) {
    if (message.hidden()) {
      return List.of();
    }
    List<ObjectNode> shown =
        switch (message.role()) {
          case SYSTEM -> List.of(one(message, "system_message").put("content", message.text()));
          case USER -> List.of(user(message));
          case ASSISTANT -> new FanOut(message, form).assistant();
          case TOOL -> List.of(returns(message));
          case APPROVAL ->
              message.toolRequests().isEmpty()
                  ? List.of(consents(message))
                  : new FanOut(message, form).approval();
          case SUMMARY -> List.of(summary(message, form));
        };
    return shown.stream().filter(form::wants).toList();
  }

  /** The request for consent in a message that has one. */
  public static Optional<ObjectNode> request(Message message) {
    return of(message, AnswerForm.DEFAULT).stream()
        .filter(node -> node.path("message_type").asText().equals("approval_request_message"))
        .findFirst();
  }

  public static List<ObjectNode> all(List<Message> messages, AnswerForm form) {
    List<ObjectNode> all = new ArrayList<>();
    messages.forEach(message -> all.addAll(of(message, form)));
    return all;
  }

  /** The fields that all messages have. */
  static ObjectNode base(String id, Instant at, String type) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("id", id).put("date", Wire.seconds(at)).putNull("name").put("message_type", type);
    node.putNull("otid").putNull("sender_id").putNull("step_id").putNull("is_err");
    return node.putNull("seq_id").putNull("run_id");
  }

  static ObjectNode base(Message message, String type, int number) {
    ObjectNode node = base(message.id(), message.createdAt(), type);
    node.put("otid", Otids.of(message.id(), number));
    message.name().ifPresent(name -> node.put("name", name));
    message.senderId().ifPresent(sender -> node.put("sender_id", sender));
    message.stepId().ifPresent(step -> node.put("step_id", step));
    message.runId().ifPresent(run -> node.put("run_id", run));
    return node;
  }

  private static ObjectNode one(Message message, String type) {
    ObjectNode node = base(message, type, 0);
    message.otid().ifPresent(otid -> node.put("otid", otid));
    return node;
  }

  private static ObjectNode user(Message message) {
    ObjectNode node = one(message, "user_message");
    boolean plain = message.content().stream().allMatch(Content.Text.class::isInstance);
    if (plain) {
      return node.put("content", message.text());
    }
    ArrayNode parts = node.putArray("content");
    for (Content part : message.content()) {
      switch (part) {
        case Content.Text text -> parts.addObject().put("type", "text").put("text", text.text());
        case Content.Image image ->
            parts
                .addObject()
                .put("type", "image")
                .putObject("source")
                .put("type", "base64")
                .put("media_type", image.mediaType())
                .put("data", image.data());
        case Content.Reasoning _, Content.RedactedReasoning _ -> {}
      }
    }
    return node;
  }

  private static ObjectNode returns(Message message) {
    ObjectNode node = one(message, "tool_return_message");
    ArrayNode all = Json.mapper().createArrayNode();
    for (ToolReturn one : message.toolReturns()) {
      write(one, all.addObject().put("type", "tool"));
    }
    message.toolReturns().stream()
        .findFirst()
        .ifPresent(first -> write(first, node).put("name", first.tool()));
    node.set("tool_returns", all);
    return node;
  }

  /** What a person said to calls that needed consent. */
  private static ObjectNode consents(Message message) {
    ObjectNode node = one(message, "approval_response_message");
    ArrayNode all = node.putArray("approvals");
    for (ToolReturn one : message.toolReturns()) {
      ObjectNode reply = all.addObject().put("type", "approval");
      reply.put("tool_call_id", one.toolCallId()).put("approve", !one.isError());
      reply.put("reason", one.text().isEmpty() ? null : one.text());
    }
    // The older SDKs know of one call at a time.
    JsonNode first = all.path(0);
    node.set("approve", first.path("approve"));
    node.set("reason", first.path("reason"));
    return node.putNull("approval_request_id");
  }

  private static ObjectNode write(ToolReturn one, ObjectNode to) {
    to.put("tool_return", one.text())
        .put("status", one.isError() ? "error" : "success")
        .put("tool_call_id", one.toolCallId());
    lines(to, "stdout", one.stdout());
    lines(to, "stderr", one.stderr());
    return to;
  }

  private static void lines(ObjectNode to, String field, Optional<String> text) {
    if (text.isEmpty()) {
      to.putNull(field);
    } else {
      to.putArray(field).add(text.get());
    }
  }

  private static ObjectNode summary(Message message, AnswerForm form) {
    if (!form.compactions()) {
      return one(message, "user_message").put("content", message.text());
    }
    JsonNode packed = packed(message.text());
    ObjectNode node = one(message, "summary_message");
    node.put("summary", packed.path("message").asText(message.text()));
    node.set("compaction_stats", packed.path("compaction_stats").deepCopy());
    return packed.has("compaction_stats") ? node : node.putNull("compaction_stats");
  }

  private static JsonNode packed(String text) {
    try {
      return Json.parse(text);
    } catch (MnemeException _) {
      return Json.mapper().missingNode();
    }
  }

  /** A tool call as clients read it. */
  static ObjectNode call(ToolRequest request) {
    return Json.mapper()
        .createObjectNode()
        .put("name", request.name())
        .put("arguments", request.arguments())
        .put("tool_call_id", request.id());
  }
}
