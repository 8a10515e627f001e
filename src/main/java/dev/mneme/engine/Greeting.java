package dev.mneme.engine;

import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.Timestamps;
import dev.mneme.engine.builtin.BuiltIns;
import dev.mneme.engine.prompt.Packing;
import dev.mneme.memory.journal.Origin;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.Content;
import dev.mneme.model.ToolRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What stands after the system message when a conversation begins. Thread-safe. */
final class Greeting {
  private static final String HELLO = "Hello. I am ready when you are.";

  private final Ids ids;

  Greeting(Ids ids) {
    this.ids = ids;
  }

  /** What the client wants it to begin with. */
  List<Message> given(Conversation conversation, List<Incoming> beginning, Instant now) {
    Instant at = Timestamps.stored(now);
    return beginning.stream()
        .map(one ->
            message(
                conversation, one.role(), one.origin(), one.content(), List.of(), List.of(), at))
        .toList();
  }

  /** An example of how to call send_message, for the types that speak by it. */
  List<Message> usual(AgentProfile profile, Conversation conversation, Instant now) {
    boolean speaks =
        profile.tools().stream().anyMatch(tool -> tool.name().equals(BuiltIns.SEND_MESSAGE));
    if (!profile.type().greets() || !speaks) {
      return List.of();
    }
    Instant at = Timestamps.stored(now);
    ToolRequest call =
        new ToolRequest(
            ids.next("call"),
            BuiltIns.SEND_MESSAGE,
            Json.write(Json.mapper().createObjectNode().put("message", HELLO)));
    ToolReturn sent =
        new ToolReturn(call.id(), call.name(), false, "None", Optional.empty(), Optional.empty());
    String login = Packing.login(at, Packing.zone(profile.settings().timezone()));
    return List.of(
        message(
            conversation,
            Role.ASSISTANT,
            Origin.MODEL,
            List.of(new Content.Reasoning("A conversation begins; I greet.", Optional.empty())),
            List.of(call),
            List.of(),
            at),
        message(conversation, Role.TOOL, Origin.MODEL, List.of(), List.of(), List.of(sent), at),
        message(
            conversation,
            Role.USER,
            Origin.USER,
            List.of(Content.text(login)),
            List.of(),
            List.of(),
            at));
  }

  private Message message(
      Conversation conversation,
      Role role,
      Origin origin,
      List<Content> content,
      List<ToolRequest> requests,
      List<ToolReturn> returns,
      Instant at) {
    return Message.fresh(
        ids.next("message"), conversation, role, origin, content, requests, returns, at);
  }
}
