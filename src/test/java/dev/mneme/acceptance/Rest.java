package dev.mneme.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The REST face as plain HTTP. */
final class Rest implements AutoCloseable {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;

  Rest(URI server) {
    this.server = server;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return done(HttpRequest.newBuilder(server.resolve(path)).GET());
  }

  JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return done(
        HttpRequest.newBuilder(server.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))));
  }

  /** What the agent answers to a text, once its run has ended. */
  JsonNode say(String agentId, String text) throws IOException, InterruptedException {
    return post("/v1/agents/" + agentId + "/messages", Map.of("input", text));
  }

  private JsonNode done(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            request.timeout(Duration.ofMinutes(1)).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new AssertionError(answer.request().uri() + ": " + answer.body());
    }
    return Json.parse(answer.body());
  }

  /** The text of the last assistant message of an answer. */
  static String said(JsonNode answer) {
    String text = "";
    for (JsonNode message : answer.path("messages")) {
      if (message.path("message_type").asText().equals("assistant_message")) {
        text = message.path("content").asText();
      }
    }
    return text;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
