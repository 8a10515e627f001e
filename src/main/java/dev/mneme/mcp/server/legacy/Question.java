package dev.mneme.mcp.server.legacy;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question to a client, from which it can be withdrawn. The SDK gives it an id that it tells
 * nobody, so the id is read where the question goes out: on the thread that asks. Thread-safe.
 */
final class Question {
  private static final Logger log = LoggerFactory.getLogger(Question.class);
  private static final ScopedValue<Question> ASKING = ScopedValue.newInstance();

  private record Sent(McpServerTransport way, Object id) {}

  private final AtomicReference<Sent> sent = new AtomicReference<>();

  /** A message is on its way out. */
  static void pass(JSONRPCMessage message, McpServerTransport way) {
    if (message instanceof JSONRPCRequest request && ASKING.isBound()) {
      ASKING.get().sent.compareAndSet(null, new Sent(way, request.id()));
    }
  }

  <T> T ask(Supplier<T> asking) {
    return ScopedValue.where(ASKING, this).call(asking::get);
  }

  /** Tells the client that its answer is not waited for any more, where it was asked at all. */
  void withdraw() {
    Sent question = sent.get();
    if (question == null) {
      return;
    }
    // Whoever was interrupted has still this to say, and writing is given up by such a thread.
    boolean interrupted = Thread.interrupted();
    try {
      Map<String, Object> params =
          Map.of("requestId", question.id(), "reason", "The answer is not waited for any more.");
      question
          .way()
          .sendMessage(new JSONRPCNotification("notifications/cancelled", params))
          .block();
    } catch (RuntimeException e) {
      log.debug("a client was not told that a question is withdrawn: {}", e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
