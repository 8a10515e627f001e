package dev.mneme.api.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.model.ToolRequest;
import dev.mneme.run.RunEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a model is writing, in the pieces that clients put together to the message that is stored in
 * the end. Knows what was sent, so that the stored message adds only what was not. Confined to one
 * thread.
 */
final class Speech {
  private static final String REASONING = "reasoning";
  private static final String THINKING = "thinking";
  private static final String TEXT = "text";
  private static final String CALLS = "calls";

  private final AnswerForm form;
  private final Speaker speaker;
  private final Clock clock;
  private final Map<Integer, ToolCall> calls = new HashMap<>();
  private final Set<String> sentCalls = new HashSet<>();
  private final StringBuilder thought = new StringBuilder();
  private final StringBuilder said = new StringBuilder();
  private String messageId = "";
  private String kind = "";
  private int number = -1;

  Speech(AnswerForm form, Speaker speaker, Clock clock) {
    this.form = form;
    this.speaker = speaker;
    this.clock = clock;
  }

  /**
   * A call whose arguments are coming.
   *
   * @param inPieces whether it is sent in pieces; else when it is stored
   */
  private record ToolCall(
      String id,
      boolean inPieces,
      Optional<ArgumentText> thinking,
      Optional<ArgumentText> speaking) {}

  List<ObjectNode> of(RunEvent.ReasoningDelta delta) {
    begin(delta.messageId());
    return List.of(reasoning(REASONING, delta.text()));
  }

  List<ObjectNode> of(RunEvent.TextDelta delta) {
    begin(delta.messageId());
    return List.of(text(TEXT, delta.text()));
  }

  List<ObjectNode> of(RunEvent.ToolRequestDelta delta) {
    begin(delta.messageId());
    @Nullable ToolCall known = calls.get(delta.index());
    boolean first = known == null;
    ToolCall call = known == null ? call(delta.toolCallId(), delta.tool()) : known;
    calls.put(delta.index(), call);
    List<ObjectNode> pieces = new ArrayList<>();
    call.thinking()
        .map(thinking -> thinking.next(delta.arguments()))
        .filter(piece -> !piece.isEmpty())
        .ifPresent(piece -> pieces.add(reasoning(REASONING, piece)));
    call.speaking()
        .map(speaking -> speaking.next(delta.arguments()))
        .filter(piece -> !piece.isEmpty())
        .ifPresent(piece -> pieces.add(text(TEXT + delta.index(), piece)));
    if (call.inPieces()) {
      sentCalls.add(call.id());
      pieces.add(piece(call, first, delta));
    }
    return pieces;
  }

  /** The messages of a stored one, without what was sent already. */
  List<ObjectNode> rest(String id, List<ObjectNode> shown, List<ToolRequest> requests) {
    if (!id.equals(messageId)) {
      return shown;
    }
    List<ObjectNode> rest = new ArrayList<>();
    for (ObjectNode message : shown) {
      switch (message.path("message_type").asText()) {
        case "reasoning_message" -> {
          if (!contains(thought, message.path("reasoning").asText())) {
            rest.add(message);
          }
        }
        case "assistant_message" -> {
          if (!contains(said, message.path("content").asText())) {
            rest.add(message);
          }
        }
        case "tool_call_message" -> {
          if (!requests.stream().map(ToolRequest::id).allMatch(this::sentOrSpoken)) {
            rest.add(message);
          }
        }
        default -> rest.add(message);
      }
    }
    return rest;
  }

  private boolean sentOrSpoken(String callId) {
    return sentCalls.contains(callId)
        || calls.values().stream()
            .anyMatch(call -> call.id().equals(callId) && call.speaking().isPresent());
  }

  private ToolCall call(String id, String tool) {
    boolean speaks = form.speaks(tool);
    boolean whole =
        speaks || id.isEmpty() || speaker.heartbeats() || speaker.needsConsent().contains(tool);
    return new ToolCall(
        id,
        !whole,
        speaker.heartbeats() ? Optional.of(new ArgumentText(THINKING)) : Optional.empty(),
        speaks ? Optional.of(new ArgumentText(form.argument())) : Optional.empty());
  }

  private void begin(String id) {
    if (!id.equals(messageId)) {
      messageId = id;
      kind = "";
      number = -1;
      calls.clear();
      sentCalls.clear();
      thought.setLength(0);
      said.setLength(0);
    }
  }

  private ObjectNode reasoning(String which, String text) {
    thought.append(text);
    ObjectNode node = node(which, "reasoning_message");
    return node.put("source", "reasoner_model").put("reasoning", text).putNull("signature");
  }

  private ObjectNode text(String which, String text) {
    said.append(text);
    return node(which, "assistant_message").put("content", text);
  }

  private ObjectNode piece(ToolCall call, boolean first, RunEvent.ToolRequestDelta delta) {
    ObjectNode node = node(CALLS, "tool_call_message");
    ObjectNode piece = Json.mapper().createObjectNode();
    piece.put("name", first ? delta.tool() : null).put("arguments", delta.arguments());
    piece.put("tool_call_id", call.id());
    node.set("tool_call", piece);
    node.set("tool_calls", piece);
    return node;
  }

  /** The next piece; a change of what is said begins another of the messages. */
  private ObjectNode node(String which, String type) {
    if (!which.equals(kind)) {
      kind = which;
      number++;
    }
    ObjectNode node = WireMessages.base(messageId, clock.instant(), type);
    return node.put("otid", Otids.of(messageId, number));
  }

  private static boolean contains(StringBuilder sent, String text) {
    return !text.isEmpty() && sent.indexOf(text) >= 0;
  }
}
