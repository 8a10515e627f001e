package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a relay says of itself before it passes a client's messages on: {@code {"mneme": {"client":
 * "relay", "agent": "name"}}}.
 *
 * @param agent whose memory is meant where a call names none
 */
record Greeting(Optional<String> agent) {
  private static final int MAX_BYTES = 2_000;

  /** Empty when the line is something else, such as a client's own first message. */
  static Optional<Greeting> read(byte[] line) {
    if (line.length > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      JsonNode greeting = Json.parse(new String(line, StandardCharsets.UTF_8)).path("mneme");
      JsonNode agent = greeting.path("agent");
      return greeting.isObject()
          ? Optional.of(
              new Greeting(agent.isTextual() ? Optional.of(agent.asText()) : Optional.empty()))
          : Optional.empty();
    } catch (MnemeException _) {
      return Optional.empty();
    }
  }
}
