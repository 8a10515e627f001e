package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A message to a server.
 *
 * @param headers that say parts of it again, for who routes it over HTTP
 * @param left how much longer somebody waits for its answer
 */
record Outgoing(ObjectNode message, Map<String, String> headers, Supplier<Duration> left) {
  /** How long a message that has no answer may take to be taken. */
  private static final Duration UNANSWERED = Duration.ofSeconds(30);

  Outgoing {
    headers = Map.copyOf(headers);
  }

  static Outgoing unanswered(ObjectNode message, Map<String, String> headers) {
    long from = System.nanoTime();
    return new Outgoing(message, headers, () -> UNANSWERED.minusNanos(System.nanoTime() - from));
  }

  /** Of a request; nothing of what else is sent. */
  JsonNode id() {
    return message.has("method") ? message.path("id") : MissingNode.getInstance();
  }
}
