package dev.mneme.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One MCP session over HTTP, as plain as can be, so that a test sees what is on the wire. */
final class McpHttp implements AutoCloseable {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger ids = new AtomicInteger();
  private final URI endpoint;
  private final Optional<String> key;
  private String session = "";

  private McpHttp(URI endpoint, Optional<String> key) {
    this.endpoint = endpoint;
    this.key = key;
  }

  static McpHttp open(URI server, String client) throws IOException, InterruptedException {
    return open(server, client, Optional.empty());
  }

  /** As {@link #open(URI, String)}, with the key of an owner. */
  static McpHttp open(URI server, String client, Optional<String> key)
      throws IOException, InterruptedException {
    McpHttp mcp = new McpHttp(server.resolve("/mcp"), key);
    ObjectNode hello =
        mcp.message("initialize")
            .set(
                "params",
                Json.mapper()
                    .valueToTree(
                        Map.of(
                            "protocolVersion",
                            "2025-11-25",
                            "capabilities",
                            Map.of(),
                            "clientInfo",
                            Map.of("name", client, "version", "1"))));
    HttpResponse<String> answer = mcp.post(hello.put("id", mcp.ids.incrementAndGet()).toString());
    mcp.session = answer.headers().firstValue("mcp-session-id").orElseThrow();
    mcp.post(mcp.message("notifications/initialized").toString());
    return mcp;
  }

  /** Calls a tool and returns its result; a protocol error fails the test. */
  JsonNode call(String tool, Map<String, ?> arguments) throws IOException, InterruptedException {
    JsonNode answer = request("tools/call", Map.of("name", tool, "arguments", arguments));
    if (answer.has("error")) {
      throw new AssertionError(tool + ": " + answer);
    }
    return answer.get("result");
  }

  /** As {@link #call}, for a tool that must succeed; returns the structured content. */
  JsonNode done(String tool, Map<String, ?> arguments) throws IOException, InterruptedException {
    JsonNode result = call(tool, arguments);
    if (result.path("isError").asBoolean()) {
      throw new AssertionError(tool + ": " + result);
    }
    return result.path("structuredContent");
  }

  JsonNode request(String method, Map<String, ?> params) throws IOException, InterruptedException {
    int id = ids.incrementAndGet();
    ObjectNode message = message(method).put("id", id);
    message.set("params", Json.mapper().valueToTree(params));
    HttpResponse<String> answer = post(message.toString());
    return answerTo(id, answer.body());
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2025-11-25")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    if (!session.isEmpty()) {
      request.header("Mcp-Session-Id", session);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Ends the session at the server. */
  void end() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint).header("Mcp-Session-Id", session).DELETE();
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    http.send(request.build(), HttpResponse.BodyHandlers.discarding());
  }

  private static JsonNode answerTo(int id, String body) {
    if (body.startsWith("{")) {
      return Json.parse(body);
    }
    return body.lines()
        .filter(line -> line.startsWith("data:"))
        .map(line -> Json.parse(line.substring("data:".length())))
        .filter(message -> message.path("id").asInt(-1) == id)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no answer to " + id + " in: " + body));
  }

  private ObjectNode message(String method) {
    return Json.mapper().createObjectNode().put("jsonrpc", "2.0").put("method", method);
  }

  /** The text of a result, all parts together. */
  static String text(JsonNode result) {
    StringBuilder text = new StringBuilder();
    result.path("content").forEach(part -> text.append(part.path("text").asText()).append('\n'));
    return text.toString();
  }

  @Override
  public void close() {
    http.close();
  }
}
