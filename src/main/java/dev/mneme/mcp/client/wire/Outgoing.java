package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;

/**
 * A message to a server.
 *
 * @param headers that say parts of it again, for who routes it over HTTP
 * @param patience how long somebody waits for its answer
 */
record Outgoing(ObjectNode message, Map<String, String> headers, Duration patience) {
  /** How long a message that has no answer may take to be taken. */
  private static final Duration UNANSWERED = Duration.ofSeconds(30);

  Outgoing {
    headers = Map.copyOf(headers);
  }

  static Outgoing unanswered(ObjectNode message, Map<String, String> headers) {
    return new Outgoing(message, headers, UNANSWERED);
  }
}
