package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Texts;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests and their answers over one transport. Thread-safe. When the transport ends, all that
 * waits fails at once.
 */
final class Rpc implements Inbox, AutoCloseable {
  private static final int MAX_TEXT = 2_000;

  private final Transport transport;
  private final Notices notices;
  private final ServerQuestions questions = new ServerQuestions(this::answer);
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile Era era = new LegacyEra();

  Rpc(Transport transport, Notices notices) {
    this.transport = transport;
    this.notices = notices;
  }

  void open() throws CallFailed {
    try {
      transport.open(this);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      closed(reason);
      throw new CallFailed(Reason.CLOSED, reason);
    }
  }

  /** How all is said from now on. */
  void speak(Era spoken) {
    era = spoken;
    transport.agreed(spoken.revision());
  }

  Era era() {
    return era;
  }

  /** Done, with the reason, when the connection has ended. */
  CompletableFuture<String> ended() {
    return ended;
  }

  Transport transport() {
    return transport;
  }

  Notices notices() {
    return notices;
  }

  /** Sends and waits; interrupting the thread cancels the request at the other side too. */
  ObjectNode request(String method, ObjectNode params, Duration timeout, CallListener listener)
      throws CallFailed {
    return request(method, params, Map.of(), timeout, listener);
  }

  /**
   * @param headers besides those of each request
   */
  ObjectNode request(
      String method,
      ObjectNode params,
      Map<String, String> headers,
      Duration timeout,
      CallListener listener)
      throws CallFailed {
    return result(begin(method, params, headers, timeout, listener, transport::ask));
  }

  /** Sends; {@link #result} has to be called for it. */
  Pending begin(String method, ObjectNode params, Duration timeout) throws CallFailed {
    return begin(method, params, Map.of(), timeout, CallListener.NONE, transport::send);
  }

  /** How a request is sent. */
  @FunctionalInterface
  private interface Sending {
    void send(Outgoing request) throws CallFailed;
  }

  private Pending begin(
      String method,
      ObjectNode params,
      Map<String, String> headers,
      Duration timeout,
      CallListener listener,
      Sending sending)
      throws CallFailed {
    long id = ids.incrementAndGet();
    era.complete(params, listener);
    if (!listener.equals(CallListener.NONE)) {
      params.withObject("/_meta").put("progressToken", id);
    }
    ObjectNode message = message(method, params);
    message.put("id", id);
    Pending sent = new Pending(id, timeout, listener);
    pending.put(id, sent);
    try {
      if (ended.isDone()) {
        throw new CallFailed(Reason.CLOSED, ended.join());
      }
      sending.send(new Outgoing(message, era.headers(method, params, headers), sent::left));
      return sent;
    } catch (CallFailed e) {
      pending.remove(id);
      throw e;
    }
  }

  /** Waits for the result of a request that was begun. */
  ObjectNode result(Pending sent) throws CallFailed {
    try {
      return result(sent.await());
    } catch (InterruptedException _) {
      throw cancelled(sent);
    } catch (CallFailed e) {
      // An interruption may have ended the wait within the transport.
      if (Thread.interrupted()) {
        throw cancelled(sent);
      }
      if (e.reason() == Reason.TIMEOUT) {
        cancel(sent, "timeout");
      }
      throw e;
    } finally {
      forget(sent);
    }
  }

  private CallFailed cancelled(Pending sent) {
    cancel(sent, "cancelled");
    Thread.currentThread().interrupt();
    return new CallFailed(Reason.CANCELLED, "The call was cancelled.");
  }

  /** Nobody asks for the result of a request any more that was begun. */
  void forget(Pending sent) {
    pending.remove(sent.id());
    sent.over();
  }

  void tell(String method, ObjectNode params) throws CallFailed {
    Outgoing note =
        Outgoing.unanswered(message(method, params), era.headers(method, params, Map.of()));
    transport.send(note);
  }

  @Override
  public void message(ObjectNode message, OptionalLong within) {
    JsonNode id = message.path("id");
    String method = message.path("method").asText("");
    if (!method.isEmpty()) {
      if (id.isMissingNode()) {
        noticed(method, message.path("params"), within);
      } else {
        questions.asked(method, id, message.path("params"), asking(within));
      }
      return;
    }
    Pending waiting = id.isIntegralNumber() ? pending.get(id.longValue()) : null;
    if (waiting != null) {
      waiting.answered(message);
    }
  }

  @Override
  public void failed(JsonNode id, CallFailed failure) {
    Pending waiting = pending.get(id.longValue());
    if (waiting != null) {
      waiting.failed(failure);
    }
  }

  @Override
  public void closed(String reason) {
    if (ended.complete(reason)) {
      pending.values().forEach(each -> each.failed(new CallFailed(Reason.CLOSED, reason)));
    }
  }

  @Override
  public void close() {
    closed("the connection was closed");
    transport.close();
  }

  private void noticed(String method, JsonNode params, OptionalLong within) {
    switch (method) {
      case "notifications/progress" -> {
        Pending waiting = pending.get(params.path("progressToken").asLong(-1));
        if (waiting != null) {
          waiting
              .listener()
              .progress(
                  params.path("progress").asDouble(),
                  params.path("total").asDouble(0),
                  cut(params.path("message").asText("")));
        }
      }
      case "notifications/cancelled" -> questions.withdrawn(params.path("requestId"));
      case "notifications/tools/list_changed" -> notices.toolsChanged();
      case "notifications/message" -> {
        JsonNode data = params.path("data");
        String level = params.path("level").asText("info");
        String text = cut(data.isTextual() ? data.asText() : data.toString());
        notices.log(level, text);
        asking(within).ifPresent(one -> one.listener().log(level, text));
      }
      default -> {}
    }
  }

  /** The call a message belongs to: as the transport says, else the only one there is. */
  private Optional<Pending> asking(OptionalLong within) {
    if (within.isPresent()) {
      return Optional.ofNullable(pending.get(within.getAsLong()));
    }
    List<Pending> all =
        pending.values().stream()
            .filter(each -> !each.listener().equals(CallListener.NONE))
            .toList();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  private void answer(ObjectNode answer) {
    try {
      transport.send(Outgoing.unanswered(answer, Map.of()));
    } catch (CallFailed _) {
      // Who asked is gone.
    }
  }

  private void cancel(Pending sent, String why) {
    transport.abandon(sent.id());
    if (!era.isCancelledByAbandoning(transport)) {
      try {
        tell(
            "notifications/cancelled",
            Json.mapper().createObjectNode().put("requestId", sent.id()).put("reason", why));
      } catch (CallFailed _) {
        // Then nothing is left to cancel.
      }
    }
  }

  private static ObjectNode result(ObjectNode answer) throws CallFailed {
    if (answer.path("result") instanceof ObjectNode result) {
      return result;
    }
    throw refused(answer.path("error"));
  }

  static CallFailed refused(JsonNode error) {
    return error.isObject()
        ? new CallFailed(
            Reason.REFUSED,
            cut(error.path("message").asText("an error without a message")),
            error.path("code").asInt(0),
            error.path("data"))
        : new CallFailed(Reason.BROKEN, "the answer has neither result nor error");
  }

  private static ObjectNode message(String method, ObjectNode params) {
    ObjectNode message = Json.mapper().createObjectNode();
    message.put("jsonrpc", "2.0").put("method", method);
    message.set("params", params);
    return message;
  }

  private static String cut(String text) {
    return Texts.shorten(text, MAX_TEXT);
  }
}
