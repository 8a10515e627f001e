package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests and their answers over one transport. Thread-safe. When the transport ends, all that
 * waits fails at once.
 */
final class Rpc implements Inbox, AutoCloseable {
  private static final int MAX_TEXT = 2_000;

  private record Pending(CompletableFuture<ObjectNode> answer, Progress progress) {}

  private final Transport transport;
  private final Notices notices;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();

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

  /** Done, with the reason, when the connection has ended. */
  CompletableFuture<String> ended() {
    return ended;
  }

  Transport transport() {
    return transport;
  }

  /** Sends and waits; interrupting the thread cancels the request at the other side too. */
  ObjectNode request(String method, ObjectNode params, Duration timeout, Progress progress)
      throws CallFailed {
    long id = ids.incrementAndGet();
    ObjectNode message = message(method, params);
    message.put("id", id);
    if (!progress.equals(Progress.NONE)) {
      params.withObject("/_meta").put("progressToken", id);
    }
    CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
    pending.put(id, new Pending(answer, progress));
    try {
      if (ended.isDone()) {
        throw new CallFailed(Reason.CLOSED, ended.join());
      }
      transport.send(message);
      return result(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      cancel(id, "timeout");
      throw new CallFailed(Reason.TIMEOUT, "no answer within " + timeout.toMillis() + " ms");
    } catch (InterruptedException _) {
      cancel(id, "cancelled");
      Thread.currentThread().interrupt();
      throw new CallFailed(Reason.CANCELLED, "The call was cancelled.");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CallFailed failed
          ? failed
          : new CallFailed(Reason.BROKEN, String.valueOf(e.getCause()));
    } finally {
      pending.remove(id);
    }
  }

  void tell(String method, ObjectNode params) throws CallFailed {
    transport.send(message(method, params));
  }

  @Override
  public void message(ObjectNode message) {
    JsonNode id = message.path("id");
    String method = message.path("method").asText("");
    if (!method.isEmpty()) {
      if (id.isMissingNode()) {
        noticed(method, message.path("params"));
      } else {
        asked(method, id);
      }
      return;
    }
    Pending waiting = id.isIntegralNumber() ? pending.get(id.longValue()) : null;
    if (waiting != null) {
      waiting.answer().complete(message);
    }
  }

  @Override
  public void failed(JsonNode id, CallFailed failure) {
    Pending waiting = pending.get(id.longValue());
    if (waiting != null) {
      waiting.answer().completeExceptionally(failure);
    }
  }

  @Override
  public void closed(String reason) {
    if (ended.complete(reason)) {
      pending
          .values()
          .forEach(waiting ->
              waiting.answer().completeExceptionally(new CallFailed(Reason.CLOSED, reason)));
    }
  }

  @Override
  public void close() {
    closed("the connection was closed");
    transport.close();
  }

  private void noticed(String method, JsonNode params) {
    switch (method) {
      case "notifications/progress" -> {
        Pending waiting = pending.get(params.path("progressToken").asLong(-1));
        if (waiting != null) {
          waiting
              .progress()
              .told(
                  params.path("progress").asDouble(),
                  params.path("total").asDouble(0),
                  cut(params.path("message").asText("")));
        }
      }
      case "notifications/tools/list_changed" -> notices.toolsChanged();
      case "notifications/message" -> {
        JsonNode data = params.path("data");
        notices.log(
            params.path("level").asText("info"),
            cut(data.isTextual() ? data.asText() : data.toString()));
      }
      default -> {}
    }
  }

  /** Nothing is offered to servers, so that only the question whether we live has an answer. */
  private void asked(String method, JsonNode id) {
    ObjectNode answer = Json.mapper().createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    if (method.equals("ping")) {
      answer.putObject("result");
    } else {
      answer
          .putObject("error")
          .put("code", -32601)
          .put("message", "This client offers no such method.");
    }
    try {
      transport.send(answer);
    } catch (CallFailed _) {
      // Who asked is gone.
    }
  }

  private void cancel(long id, String why) {
    try {
      tell(
          "notifications/cancelled",
          Json.mapper().createObjectNode().put("requestId", id).put("reason", why));
    } catch (CallFailed _) {
      // Then nothing is left to cancel.
    }
  }

  private static ObjectNode result(ObjectNode answer) throws CallFailed {
    if (answer.path("result") instanceof ObjectNode result) {
      return result;
    }
    JsonNode error = answer.path("error");
    if (!error.isObject()) {
      throw new CallFailed(Reason.BROKEN, "the answer has neither result nor error");
    }
    throw new CallFailed(
        Reason.REFUSED,
        cut(error.path("message").asText("an error without a message")),
        error.path("code").asInt(0));
  }

  private static ObjectNode message(String method, ObjectNode params) {
    ObjectNode message = Json.mapper().createObjectNode();
    message.put("jsonrpc", "2.0").put("method", method);
    message.set("params", params);
    return message;
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
