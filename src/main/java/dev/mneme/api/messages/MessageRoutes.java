package dev.mneme.api.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.AgentService;
import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.api.http.Wire;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.Messages;
import dev.mneme.message.Role;
import dev.mneme.search.HybridIndex;
import dev.mneme.search.MessageHit;
import dev.mneme.search.MessageSearch;
import dev.mneme.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reading messages: those of an agent, one, all, and those that are searched for. */
public final class MessageRoutes implements Group {
  private static final int PAGE = 100;
  private static final int FOUND = 50;
  private static final int MOST_FOUND = 100;

  private final Database database;
  private final Messages messages;
  private final AgentService agents;
  private final MessagePages pages;
  private final HybridIndex index;

  public MessageRoutes(
      Database database,
      Messages messages,
      AgentService agents,
      MessagePages pages,
      HybridIndex index) {
    this.database = database;
    this.messages = messages;
    this.agents = agents;
    this.pages = pages;
    this.index = index;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get("/agents/{agent_id}/messages", this::ofAgent);
    endpoints.get("/messages", this::list);
    endpoints.post("/messages/search", this::search);
    endpoints.get("/messages/{message_id}", this::one);
  }

  private Reply ofAgent(Call call) {
    String agent = agents.get(call.owner(), call.id("agent_id", "agent")).id();
    if (call.query("group_id").isPresent()) {
      return Reply.of(List.of());
    }
    String conversation = call.query("conversation_id").orElse(Conversation.DEFAULT);
    Conversation which = new Conversation(agent, conversation);
    MessagePages.Of of =
        new MessagePages.Of(
            Optional.of(agent), Optional.of(which.id()), Optional.empty(), Optional.empty());
    return Reply.of(pages.page(call, of, PAGE, true));
  }

  private Reply list(Call call) {
    MessagePages.Of of =
        new MessagePages.Of(
            Optional.empty(), call.query("conversation_id"), Optional.empty(), Optional.empty());
    return Reply.of(pages.page(call, of, PAGE, true));
  }

  private Reply one(Call call) {
    String id = call.id("message_id", "message");
    Message message =
        database
            .scope(call.owner())
            .read(reads -> messages.find(reads, id))
            .orElseThrow(() ->
                MnemeException.notFound("unknown_message", "There is no message " + id + "."));
    return Reply.of(WireMessages.of(message, AnswerForm.of(call)));
  }

  private Reply search(Call call) {
    Body body = call.body();
    int limit = body.integer("limit").orElse(FOUND);
    if (limit < 1 || limit > MOST_FOUND) {
      throw body.wrong("limit", "between 1 and " + MOST_FOUND);
    }
    MessageSearch.Mode mode =
        switch (body.text("search_mode").orElse("hybrid")) {
          case "hybrid" -> MessageSearch.Mode.HYBRID;
          case "fts" -> MessageSearch.Mode.WORDS;
          case "vector" -> MessageSearch.Mode.MEANING;
          default -> throw body.wrong("search_mode", "vector, fts or hybrid");
        };
    String text = body.requireText("query");
    Optional<String> agent = body.id("agent_id", "agent");
    Optional<String> conversation = body.text("conversation_id");
    agent.ifPresent(id -> agents.get(call.owner(), id));
    MessageSearch search =
        new MessageSearch(
            text,
            agent,
            conversation,
            Set.of(Role.USER, Role.ASSISTANT),
            body.time("start_date"),
            body.time("end_date"),
            mode,
            limit);
    List<MessageHit> hits = index.messages(call.owner(), search);
    return Reply.of(
        database
            .scope(call.owner())
            .read(reads ->
                hits.stream()
                    .flatMap(hit -> messages.find(reads, hit.messageId()).stream())
                    .flatMap(message -> found(message).stream())
                    .toList()));
  }

  /** A hit as clients read it: what was said, else what was thought. */
  private static Optional<ObjectNode> found(Message message) {
    List<ObjectNode> shown = WireMessages.of(message, AnswerForm.DEFAULT);
    return shown.stream()
        .filter(one -> one.has("content"))
        .findFirst()
        .or(() -> shown.stream().filter(one -> one.has("reasoning")).findFirst())
        .map(one -> {
          ObjectNode found = Json.mapper().createObjectNode();
          found.set("message_type", one.get("message_type"));
          String field = one.has("content") ? "content" : "reasoning";
          found.set(field, one.get(field));
          return found
              .put("message_id", message.id())
              .put("agent_id", message.conversation().agentId())
              .put("conversation_id", message.conversation().id())
              .put("created_at", Wire.time(message.createdAt()));
        });
  }
}
