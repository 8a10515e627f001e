package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.ClientInfo;
import dev.mneme.mcp.server.catalog.ClientRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a handler sees of its caller; reports go to the request of the present round. */
final class WorkContext implements CallContext {
  private static final List<String> LEVELS =
      List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

  private final Work work;

  WorkContext(Work work) {
    this.work = work;
  }

  @Override
  public Owner owner() {
    return work.incoming().owner();
  }

  @Override
  public ClientInfo client() {
    return work.incoming().envelope().client();
  }

  @Override
  public Optional<String> agent() {
    return work.incoming().agent();
  }

  @Override
  public String session() {
    return work.incoming().conversation();
  }

  /** A line is one client's own; over HTTP two windows of a program look like one. */
  @Override
  public boolean isConversation() {
    return work.incoming().outlet() instanceof LineOutlet;
  }

  @Override
  public String callId() {
    return work.incoming().message().id().asText();
  }

  @Override
  public void progress(double progress, double total, String message) {
    if (work.task().isPresent()) {
      // The request was answered; whoever asks for the task reads how far it is.
      work.task().get().say(message);
      return;
    }
    work.incoming()
        .envelope()
        .progressToken()
        .ifPresent(token -> {
          ObjectNode params = Results.empty();
          params.set("progressToken", token);
          params.put("progress", progress);
          if (total > 0) {
            params.put("total", total);
          }
          if (!message.isEmpty()) {
            params.put("message", message);
          }
          work.incoming().outlet().note(Results.note("notifications/progress", params));
        });
  }

  @Override
  public void log(String level, String message) {
    int given = Math.max(LEVELS.indexOf(level), 0);
    Optional<String> wanted = work.incoming().envelope().logLevel();
    if (work.task().isEmpty() && wanted.isPresent() && given >= LEVELS.indexOf(wanted.get())) {
      ObjectNode params = Results.empty();
      params.put("level", LEVELS.get(given)).put("logger", "tool").put("data", message);
      work.incoming().outlet().note(Results.note("notifications/message", params));
    }
  }

  @Override
  public boolean can(String capability) {
    return work.incoming().envelope().capabilities().has(capability);
  }

  @Override
  public boolean last() {
    return work.last(Optional.empty());
  }

  @Override
  public boolean last(String id) {
    return work.last(Optional.of(id));
  }

  @Override
  public Map<String, JsonNode> request(Map<String, ClientRequest> wanted) {
    return work.request(wanted);
  }
}
