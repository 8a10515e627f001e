package dev.mneme.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Timestamps;
import dev.mneme.memory.journal.Origin;
import java.util.Optional;

/** A whole message as JSON, for events at rest; no wire format. */
public final class MessageJson {
  private MessageJson() {}

  public static ObjectNode write(Message message) {
    ObjectNode to = Json.mapper().createObjectNode();
    to.put("id", message.id())
        .put("agent", message.conversation().agentId())
        .put("conversation", message.conversation().id())
        .put("role", message.role().text())
        .put("origin", message.origin().text())
        .put("hidden", message.hidden())
        .put("at", Timestamps.text(message.createdAt()))
        .put("sequence", message.sequence());
    message.name().ifPresent(text -> to.put("name", text));
    message.otid().ifPresent(text -> to.put("otid", text));
    message.senderId().ifPresent(text -> to.put("sender", text));
    message.groupId().ifPresent(text -> to.put("group", text));
    message.stepId().ifPresent(text -> to.put("step", text));
    message.runId().ifPresent(text -> to.put("run", text));
    to.set("body", MessageBody.of(message).json());
    return to;
  }

  public static Message read(JsonNode from) {
    MessageBody body = MessageBody.read(from.path("body"));
    return new Message(
        from.path("id").asText(),
        new Conversation(from.path("agent").asText(), from.path("conversation").asText()),
        Role.of(from.path("role").asText()),
        Origin.of(from.path("origin").asText()),
        body.content(),
        body.toolRequests(),
        body.toolReturns(),
        text(from, "name"),
        text(from, "otid"),
        text(from, "sender"),
        text(from, "group"),
        text(from, "step"),
        text(from, "run"),
        from.path("hidden").asBoolean(),
        Timestamps.parse(from.path("at").asText()),
        from.path("sequence").asLong());
  }

  private static Optional<String> text(JsonNode from, String field) {
    return from.hasNonNull(field) ? Optional.of(from.get(field).asText()) : Optional.empty();
  }
}
