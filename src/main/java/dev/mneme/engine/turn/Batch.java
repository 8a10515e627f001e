package dev.mneme.engine.turn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.engine.AgentProfile;
import dev.mneme.engine.builtin.BuiltIns;
import dev.mneme.engine.prompt.ChatForm;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatUsage;
import dev.mneme.model.Content;
import dev.mneme.model.ToolRequest;
import dev.mneme.run.RunEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One commit in the form of answers of a model, and what became of it. Not thread-safe. */
final class Batch {
  private static final String NOT_RUN = "It was not run, because the turn did not get that far.";

  private final List<ToolRequest> requests;
  private final Optional<ChatReply> reply;
  private final boolean oneByOne;
  private final Map<String, Committed.Result> results = new HashMap<>();
  private boolean replied;
  private Optional<String> error = Optional.empty();

  private Batch(List<ToolRequest> requests, Optional<ChatReply> reply, boolean oneByOne) {
    this.requests = List.copyOf(requests);
    this.reply = reply;
    this.oneByOne = oneByOne;
  }

  static Batch of(
      AgentProfile profile, List<Operation> operations, Optional<String> reply, Ids ids) {
    List<ToolRequest> requests = new ArrayList<>();
    for (Operation operation : operations) {
      requests.add(request(operation.name(), operation.arguments(), profile.heartbeats(), ids));
    }
    return new Batch(
        requests, reply.map(text -> spoken(profile, text, ids)), profile.callsOneByOne());
  }

  /** The answers in their order: the tools, then the reply. */
  List<ChatReply> replies() {
    List<ChatReply> replies = new ArrayList<>();
    if (oneByOne) {
      requests.forEach(request -> replies.add(acting(List.of(request))));
    } else if (!requests.isEmpty()) {
      replies.add(acting(requests));
    }
    reply.ifPresent(replies::add);
    return replies;
  }

  void heard(RunEvent event) {
    switch (event) {
      case RunEvent.Said said -> heard(said.message());
      case RunEvent.Failed failed -> error = Optional.of(failed.message());
      default -> {}
    }
  }

  List<Committed.Result> results() {
    return requests.stream()
        .map(request ->
            results.getOrDefault(
                request.id(), new Committed.Result(request.name(), false, false, false, NOT_RUN)))
        .toList();
  }

  boolean replied() {
    return replied;
  }

  Optional<String> error() {
    return error;
  }

  private void heard(Message message) {
    replied |=
        message.role() == Role.ASSISTANT
            && (!message.text().isEmpty()
                || message.toolRequests().stream()
                    .anyMatch(request -> request.name().equals(BuiltIns.SEND_MESSAGE)));
    for (ToolReturn ended : message.toolReturns()) {
      results.put(
          ended.toolCallId(),
          new Committed.Result(
              ended.tool(), true, ended.isError(), ChatForm.isData(message), ended.text()));
    }
  }

  private static ChatReply spoken(AgentProfile profile, String text, Ids ids) {
    boolean byTool =
        profile.heartbeats()
            && profile.tools().stream().anyMatch(tool -> tool.name().equals(BuiltIns.SEND_MESSAGE));
    return byTool
        ? acting(
            List.of(
                request(
                    BuiltIns.SEND_MESSAGE,
                    Json.mapper().createObjectNode().put("message", text),
                    false,
                    ids)))
        : new ChatReply(
            List.of(Content.text(text)), List.of(), ChatReply.Finish.STOP, ChatUsage.NONE);
  }

  private static ChatReply acting(List<ToolRequest> requests) {
    return new ChatReply(List.of(), requests, ChatReply.Finish.TOOLS, ChatUsage.NONE);
  }

  private static ToolRequest request(
      String name, ObjectNode arguments, boolean heartbeat, Ids ids) {
    ObjectNode all = arguments.deepCopy();
    if (heartbeat) {
      all.put("request_heartbeat", true);
    }
    return new ToolRequest(ids.next("call"), name, Json.write(all));
  }
}
