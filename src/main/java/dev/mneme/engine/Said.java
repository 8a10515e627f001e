package dev.mneme.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.engine.prompt.Arguments;
import dev.mneme.engine.prompt.ChatForm;
import dev.mneme.memory.journal.Origin;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.ChatReply;
import dev.mneme.model.Content;
import dev.mneme.model.ToolRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the messages of a step. Thread-safe. */
final class Said {
  private final Ids ids;

  Said(Ids ids) {
    this.ids = ids;
  }

  /** The model's requests, as many as the agent takes, each with an id of its own. */
  List<ToolRequest> requests(Session session, ChatReply reply) {
    boolean one = session.takesOneCall();
    List<ToolRequest> all = reply.toolRequests();
    List<ToolRequest> taken = one && all.size() > 1 ? all.subList(0, 1) : all;
    Set<String> seen = new HashSet<>();
    List<ToolRequest> requests = new ArrayList<>();
    for (ToolRequest request : taken) {
      String id =
          request.id().isBlank() || !seen.add(request.id()) ? ids.next("call") : request.id();
      requests.add(new ToolRequest(id, request.name(), request.arguments()));
    }
    return requests;
  }

  /**
   * What the model said, without tools, with thoughts it wrote as an argument put where they go.
   */
  static ChatReply thought(Session session, ChatReply reply) {
    if (!session.heartbeats() || reply.toolRequests().isEmpty()) {
      return reply;
    }
    ToolRequest first = reply.toolRequests().getFirst();
    ObjectNode arguments = Arguments.parse(first.arguments());
    JsonNode thoughts = arguments.remove(ChatForm.THINKING);
    if (thoughts == null) {
      return reply;
    }
    List<Content> content = new ArrayList<>();
    if (!thoughts.asText().isBlank()) {
      content.add(new Content.Reasoning(thoughts.asText(), Optional.empty()));
    }
    content.addAll(reply.content());
    List<ToolRequest> requests = new ArrayList<>(reply.toolRequests());
    requests.set(0, new ToolRequest(first.id(), first.name(), Json.write(arguments)));
    return new ChatReply(content, requests, reply.finish(), reply.usage());
  }

  Message assistant(
      Session session, StepDraft step, List<Content> content, List<ToolRequest> requests) {
    return message(
        session, step, step.messageId, Role.ASSISTANT, Origin.MODEL, content, requests, List.of());
  }

  Message approval(
      Session session,
      StepDraft step,
      String id,
      List<Content> content,
      List<ToolRequest> requests) {
    return message(session, step, id, Role.APPROVAL, Origin.MODEL, content, requests, List.of());
  }

  Message returns(Session session, StepDraft step, Origin origin, List<ToolReturn> returns) {
    return message(
        session, step, ids.next("message"), Role.TOOL, origin, List.of(), List.of(), returns);
  }

  /** The returns of calls that nobody agreed to. */
  static Message refusal(String id, Message pending, Instant at) {
    List<ToolReturn> returns =
        pending.toolRequests().stream()
            .map(r ->
                new ToolReturn(
                    r.id(),
                    r.name(),
                    true,
                    "Error: request to call tool denied. User reason: cancelled",
                    Optional.empty(),
                    Optional.empty()))
            .toList();
    return Message.fresh(
            id, pending.conversation(), Role.TOOL, Origin.MODEL, List.of(), List.of(), returns, at)
        .in(pending.stepId(), pending.runId());
  }

  /** What the engine itself tells the model; nobody else sees it. */
  Message notice(Session session, StepDraft step, String text) {
    return message(
            session,
            step,
            ids.next("message"),
            Role.USER,
            Origin.USER,
            List.of(Content.text(text)),
            List.of(),
            List.of())
        .unseen();
  }

  private static Message message(
      Session session,
      StepDraft step,
      String id,
      Role role,
      Origin origin,
      List<Content> content,
      List<ToolRequest> requests,
      List<ToolReturn> returns) {
    return Message.fresh(
            id, session.conversation(), role, origin, content, requests, returns, step.createdAt)
        .in(Optional.of(step.id), Optional.of(session.run.id()));
  }
}
