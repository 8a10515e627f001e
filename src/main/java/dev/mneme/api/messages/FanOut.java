package dev.mneme.api.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.message.Message;
import dev.mneme.model.Content;
import dev.mneme.model.ToolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a model said in one go, as one message a kind. They are numbered in their order, as a stream
 * numbers its pieces; hidden thoughts, which are not streamed, from a number of their own.
 */
final class FanOut {
  private static final int HIDDEN = 64;

  private final Message message;
  private final AnswerForm form;
  private final List<ObjectNode> shown = new ArrayList<>();
  private int next;
  private int hidden = HIDDEN;

  FanOut(Message message, AnswerForm form) {
    this.message = message;
    this.form = form;
  }

  List<ObjectNode> assistant() {
    content();
    List<ToolRequest> plain = new ArrayList<>();
    for (ToolRequest request : message.toolRequests()) {
      said(form, request)
          .ifPresentOrElse(
              text -> shown.add(next("assistant_message").put("content", text)),
              () -> plain.add(request));
    }
    calls("tool_call_message", plain);
    return shown;
  }

  List<ObjectNode> approval() {
    content();
    calls("approval_request_message", message.toolRequests());
    return shown;
  }

  /** What a call of the tool that speaks says. */
  static Optional<String> said(AnswerForm form, ToolRequest request) {
    if (!form.speaks(request.name())) {
      return Optional.empty();
    }
    try {
      JsonNode text = Json.parse(request.arguments()).path(form.argument());
      return text.isTextual() ? Optional.of(text.textValue()) : Optional.empty();
    } catch (MnemeException _) {
      return Optional.empty();
    }
  }

  private void calls(String type, List<ToolRequest> requests) {
    if (requests.isEmpty()) {
      return;
    }
    ObjectNode node = next(type);
    node.set("tool_call", WireMessages.call(requests.getFirst()));
    ArrayNode all = node.putArray("tool_calls");
    requests.forEach(request -> all.add(WireMessages.call(request)));
    shown.add(node);
  }

  private void content() {
    StringBuilder text = new StringBuilder();
    List<Content.Reasoning> thoughts = new ArrayList<>();
    for (Content part : message.content()) {
      switch (part) {
        case Content.Text it -> {
          think(thoughts);
          text.append(it.text());
        }
        case Content.Reasoning it -> {
          say(text);
          thoughts.add(it);
        }
        case Content.RedactedReasoning it ->
            shown.add(
                WireMessages.base(message, "hidden_reasoning_message", hidden++)
                    .put("state", "redacted")
                    .put("hidden_reasoning", it.data()));
        case Content.Image _ -> {}
      }
    }
    think(thoughts);
    say(text);
  }

  private void say(StringBuilder text) {
    if (!text.isEmpty()) {
      shown.add(next("assistant_message").put("content", text.toString()));
      text.setLength(0);
    }
  }

  private void think(List<Content.Reasoning> thoughts) {
    if (!thoughts.isEmpty()) {
      StringBuilder text = new StringBuilder();
      thoughts.forEach(thought -> text.append(thought.reasoning()));
      ObjectNode node = next("reasoning_message");
      node.put("source", "reasoner_model").put("reasoning", text.toString());
      node.put("signature", thoughts.getLast().signature().orElse(null));
      shown.add(node);
      thoughts.clear();
    }
  }

  private ObjectNode next(String type) {
    return WireMessages.base(message, type, next++);
  }
}
