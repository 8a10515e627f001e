package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What servers of the older revisions ask by requests of their own: whether we live, forms for the
 * person behind a call, and a model where they are allowed one. Nothing else is offered to them. A
 * question ends with the call it belongs to, or when the server takes it back. Thread-safe.
 */
final class ServerQuestions {
  private static final Logger log = LoggerFactory.getLogger(ServerQuestions.class);
  private static final int MOST = 16;
  private static final int NO_METHOD = -32601;
  private static final int INTERNAL = -32603;
  private static final int BUSY = -32000;

  /** As the protocol has it for a person that says no. */
  private static final int REJECTED = -1;

  private final Consumer<ObjectNode> sender;
  private final Map<JsonNode, Thread> open = new ConcurrentHashMap<>();

  ServerQuestions(Consumer<ObjectNode> sender) {
    this.sender = sender;
  }

  /**
   * @param call in which it is asked, where that is known
   */
  void asked(String method, JsonNode id, JsonNode params, Optional<Pending> call) {
    switch (method) {
      case "ping" -> sender.accept(result(id, Json.mapper().createObjectNode()));
      case "elicitation/create" -> elicit(id, params, call);
      case "sampling/createMessage" -> sample(id, params, call);
      default -> sender.accept(error(id, NO_METHOD, "This client offers no such method."));
    }
  }

  private void elicit(JsonNode id, JsonNode params, Optional<Pending> call) {
    if (call.isEmpty() || !(params instanceof ObjectNode form)) {
      // Whose question it is cannot be known; it is nobody's then.
      sender.accept(result(id, CallListener.NONE.elicit(Json.mapper().createObjectNode())));
      return;
    }
    answer(id, call.get(), listener -> listener.elicit(form));
  }

  private void sample(JsonNode id, JsonNode params, Optional<Pending> call) {
    if (call.isPresent()
        && call.get().listener().offersModel()
        && params instanceof ObjectNode wanted) {
      answer(id, call.get(), listener -> listener.sample(wanted));
    } else {
      sender.accept(
          error(id, REJECTED, "No model is asked where it is not known in which call that was."));
    }
  }

  /** What is answered in a call. */
  @FunctionalInterface
  private interface Answering {
    ObjectNode answer(CallListener listener) throws CallFailed;
  }

  /** The server does not want to know any more what it asked. */
  void withdrawn(JsonNode id) {
    Thread thread = open.remove(id);
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void answer(JsonNode id, Pending call, Answering answering) {
    Thread thread =
        Thread.ofVirtual()
            .name("mcp-question")
            .unstarted(() -> {
              ObjectNode answer = answered(id, call, answering);
              if (open.remove(id, Thread.currentThread())) {
                tell(answer);
              }
            });
    if (open.size() >= MOST || open.putIfAbsent(id, thread) != null) {
      sender.accept(error(id, BUSY, "There are " + MOST + " questions already, or this one."));
      return;
    }
    thread.start();
  }

  private void tell(ObjectNode answer) {
    // What ended the question is not to end the telling.
    boolean _ = Thread.interrupted();
    sender.accept(answer);
  }

  /** Always something, because the server waits for it. */
  private static ObjectNode answered(JsonNode id, Pending call, Answering answering) {
    if (!call.asks(Thread.currentThread())) {
      return error(id, REJECTED, "The call it belongs to is over.");
    }
    try {
      return result(id, answering.answer(call.listener()));
    } catch (CallFailed e) {
      return error(id, REJECTED, "This was not granted: " + e.message() + ".");
    } catch (RuntimeException | Error e) {
      log.warn("A question of a server could not be answered.", e);
      return error(id, INTERNAL, "The question could not be answered.");
    } finally {
      call.asked(Thread.currentThread());
    }
  }

  private static ObjectNode result(JsonNode id, ObjectNode result) {
    ObjectNode answer = answer(id);
    answer.set("result", result);
    return answer;
  }

  private static ObjectNode error(JsonNode id, int code, String message) {
    ObjectNode answer = answer(id);
    answer.putObject("error").put("code", code).put("message", message);
    return answer;
  }

  private static ObjectNode answer(JsonNode id) {
    ObjectNode answer = Json.mapper().createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    return answer;
  }
}
