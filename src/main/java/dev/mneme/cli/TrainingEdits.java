package dev.mneme.cli;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Edits memory over HTTP so often that the training run's cache holds what the compilers learned
 * from it: a server then gets to its full speed within hundreds of edits instead of thousands.
 */
final class TrainingEdits {
  private static final int EDITS = 1_500;
  private static final Map<String, String> HEADERS =
      Map.of(
          "accept",
          "application/json, text/event-stream",
          "mcp-protocol-version",
          TrainingClient.PROTOCOL);

  private final URI url;
  private Optional<String> session = Optional.empty();

  private TrainingEdits(URI url) {
    this.url = url;
  }

  static void make(URI server) throws IOException {
    TrainingEdits client = new TrainingEdits(server.resolve("/mcp"));
    client.send(TrainingClient.request(0, TrainingClient.INITIALIZE));
    client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    for (int i = 1; i <= EDITS; i++) {
      Map<String, Object> arguments = Map.of("label", "human", "new_memory", "Fact number " + i);
      String answer =
          client.send(TrainingClient.request(i, TrainingClient.call("memory_rethink", arguments)));
      if (!answer.contains("Fact number " + i)) {
        throw new IOException("an edit failed: " + answer);
      }
    }
  }

  private String send(String message) throws IOException {
    Map<String, String> headers = new HashMap<>(HEADERS);
    session.ifPresent(id -> headers.put("mcp-session-id", id));
    TrainingHttp.Answer answer = TrainingHttp.post(url, message, headers);
    session = session.or(answer::session);
    return answer.text();
  }
}
