package dev.mneme.engine.builtin;

import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.engine.builtin.ConversationSearch.Hit;
import dev.mneme.engine.builtin.ConversationSearch.Query;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.ToolRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An agent looks for what was said earlier. */
final class RecallTool {
  private static final String NAME = "conversation_search";
  private static final int DEFAULT_HITS = 5;
  private static final int MAX_HITS = 100;

  private final ConversationSearch search;
  private final Clock clock;

  RecallTool(ConversationSearch search, Clock clock) {
    this.search = search;
    this.clock = clock;
  }

  void addTo(Map<String, BuiltIn> tools) {
    BuiltIn.Waiting tool = this::run;
    tools.put(NAME, tool);
  }

  private String run(Use use, Args args) {
    Set<Role> roles =
        args.texts("roles").stream().map(RecallTool::role).collect(Collectors.toSet());
    int limit = Math.clamp(args.number("limit").orElse(DEFAULT_HITS), 1, MAX_HITS);
    Query query =
        new Query(
            use.agentId(),
            args.optional("query").orElse(""),
            roles,
            args.optional("start_date").map(t -> Dates.from(t, use.zone())),
            args.optional("end_date").map(t -> Dates.until(t, use.zone())),
            // Its own earlier calls are left out below.
            limit * 2);
    List<Map<String, Object>> results = new ArrayList<>();
    Instant now = clock.instant();
    for (Hit hit : search.search(use.owner(), query)) {
      if (results.size() < limit && !isOwn(hit.message())) {
        results.add(shown(hit, use, now));
      }
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(
        "message",
        results.isEmpty() ? "No messages found." : "Found " + results.size() + " messages.");
    answer.put("results", results);
    return Json.write(answer);
  }

  private static boolean isOwn(Message message) {
    return message.toolReturns().stream().map(ToolReturn::tool).anyMatch(NAME::equals)
        || (message.text().isBlank()
            && message.toolRequests().stream().map(ToolRequest::name).anyMatch(NAME::equals));
  }

  private static Map<String, Object> shown(Hit hit, Use use, Instant now) {
    Message message = hit.message();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put(
        "timestamp",
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(message.createdAt().atZone(use.zone())));
    shown.put("time_ago", Dates.ago(message.createdAt(), now));
    shown.put("role", message.role().text());
    if (hit.relevance() > 0) {
      shown.put("relevance", Math.round(hit.relevance() * 1_000) / 1_000.0);
    }
    shown.put("content", text(message));
    return shown;
  }

  /** What a message says, tool calls and returns included. */
  static String text(Message message) {
    StringBuilder text = new StringBuilder(message.text());
    for (ToolRequest request : message.toolRequests()) {
      text.append(text.isEmpty() ? "" : "\n").append(request.name()).append(request.arguments());
    }
    for (ToolReturn ended : message.toolReturns()) {
      text.append(text.isEmpty() ? "" : "\n").append(ended.text());
    }
    return text.toString();
  }

  private static Role role(String text) {
    return switch (text) {
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      case "tool" -> Role.TOOL;
      default ->
          throw MnemeException.invalid("invalid_argument", "roles are user, assistant and tool");
    };
  }
}
