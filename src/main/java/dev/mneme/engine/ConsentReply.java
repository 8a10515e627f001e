package dev.mneme.engine;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.journal.Origin;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.ToolRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person said to a call that needs consent.
 *
 * @param toolCallId absent: it is said to all that wait
 * @param reason for the model to read, where it was refused
 */
public record ConsentReply(Optional<String> toolCallId, boolean approve, Optional<String> reason) {
  /**
   * The reply to each call that waits.
   *
   * @throws MnemeException {@code approval_mismatch} unless each of them has exactly one
   */
  static Map<String, ConsentReply> match(Message pending, List<ConsentReply> replies) {
    Set<String> waiting =
        pending.toolRequests().stream().map(ToolRequest::id).collect(Collectors.toSet());
    Map<String, ConsentReply> matched = new HashMap<>();
    for (ConsentReply reply : replies) {
      Set<String> meant = reply.toolCallId().map(Set::of).orElse(waiting);
      for (String id : meant) {
        if (!waiting.contains(id) || matched.putIfAbsent(id, reply) != null) {
          throw mismatch(waiting);
        }
      }
    }
    if (matched.size() != waiting.size()) {
      throw mismatch(waiting);
    }
    return matched;
  }

  /**
   * The replies as a message for whoever reads the conversation; models read what came of them. It
   * has a return for each call: an error for a refused one, with the reason as its text.
   */
  static Message said(String id, Message pending, List<ConsentReply> replies, Instant at) {
    Map<String, ConsentReply> matched = match(pending, replies);
    List<ToolReturn> returns = new ArrayList<>();
    for (ToolRequest request : pending.toolRequests()) {
      Optional<ConsentReply> reply = Optional.ofNullable(matched.get(request.id()));
      returns.add(
          new ToolReturn(
              request.id(),
              request.name(),
              !reply.map(ConsentReply::approve).orElse(false),
              reply.flatMap(ConsentReply::reason).orElse(""),
              Optional.empty(),
              Optional.empty()));
    }
    return Message.fresh(
        id, pending.conversation(), Role.APPROVAL, Origin.USER, List.of(), List.of(), returns, at);
  }

  static MnemeException nonePending() {
    return MnemeException.invalid(
        "no_pending_approval", "No call of this agent waits for consent; send a message instead.");
  }

  /** What the model reads where the call was refused. */
  String refusal() {
    return "Error: request to call tool denied."
        + reason.map(text -> " User reason: " + text).orElse("");
  }

  private static MnemeException mismatch(Set<String> waiting) {
    return MnemeException.invalid(
        "approval_mismatch",
        "Give one answer to each call that waits: "
            + String.join(", ", waiting.stream().sorted().toList()));
  }
}
