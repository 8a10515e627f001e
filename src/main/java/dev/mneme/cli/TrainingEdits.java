package dev.mneme.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Edits memory over HTTP so often that the training run's cache holds what the compilers learned
 * from it: a server then gets to its full speed within hundreds of edits instead of thousands.
 */
final class TrainingEdits {
  private static final int EDITS = 1_500;

  private final URI url;
  private @Nullable String session;

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
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("content-type", "application/json");
    connection.setRequestProperty("accept", "application/json, text/event-stream");
    connection.setRequestProperty("mcp-protocol-version", TrainingClient.PROTOCOL);
    Optional.ofNullable(session)
        .ifPresent(id -> connection.setRequestProperty("mcp-session-id", id));
    byte[] body = message.getBytes(StandardCharsets.UTF_8);
    connection.setFixedLengthStreamingMode(body.length);
    connection.getOutputStream().write(body);
    try (InputStream in = connection.getInputStream()) {
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      session = session == null ? connection.getHeaderField("mcp-session-id") : session;
      return answer;
    }
  }
}
