package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What an agent did for a client is a task as long as it is stored, whatever became of the server.
 */
class KeptTasksTest {
  private static final String ALICE = "alice-0123456789";
  private static final String BOB = "bob-0123456789abc";

  private final HttpClient http = HttpClient.newHttpClient();
  private Path data;
  private Mneme mneme;

  @BeforeEach
  void start() throws Exception {
    data = Files.createTempDirectory("mn").resolve("d");
    open();
    Files.createDirectories(data.resolve("models"));
    Files.writeString(
        data.resolve("models/slow.yaml"),
        """
        replies:
          - match: {contains: hello}
            delay: 3s
            text: Good evening.
        """);
  }

  private void open() {
    Config config =
        Config.load(
            Map.of(
                "data",
                data.toString(),
                "server.port",
                "0",
                "search.embeddings",
                "off",
                "models.default-model",
                "scripted/slow"),
            Map.of("MNEME_AUTH_KEYS", "alice:" + ALICE + ",bob:" + BOB));
    mneme = Mneme.start(config, Role.SERVE, () -> {});
  }

  @AfterEach
  void stop() {
    mneme.close();
    http.close();
  }

  @Test
  void aTaskOfARunIsAnsweredAfterTheServerWasStartedAnew() throws Exception {
    JsonNode created =
        result(
            ALICE,
            "tools/call",
            "send_message",
            Map.of("name", "send_message", "arguments", Map.of("message", "hello")));
    assertThat(created.path("resultType").asText()).isEqualTo("task");
    String id = created.path("taskId").asText();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> task(ALICE, id).path("status").asText().equals("completed"));
    JsonNode before = task(ALICE, id).path("result");
    assertThat(before.at("/structuredContent/reply").asText()).isEqualTo("Good evening.");

    mneme.close();
    open();

    JsonNode after = task(ALICE, id);
    assertThat(after.path("status").asText()).isEqualTo("completed");
    assertThat(after.at("/result/structuredContent")).isEqualTo(before.path("structuredContent"));
    assertThat(after.path("taskId").asText()).isEqualTo(id);
    assertThat(send(BOB, "tasks/get", id, Map.of("taskId", id)).has("error")).isTrue();
    assertThat(send(BOB, "tasks/cancel", id, Map.of("taskId", id)).has("error")).isTrue();
    assertThat(send(ALICE, "tasks/get", "none", Map.of("taskId", "none")).has("error")).isTrue();
  }

  private JsonNode task(String key, String id) throws Exception {
    return result(key, "tasks/get", id, Map.of("taskId", id));
  }

  private JsonNode result(String key, String method, String name, Map<String, ?> params)
      throws Exception {
    JsonNode answer = send(key, method, name, params);
    assertThat(answer.has("result")).as(answer.toString()).isTrue();
    return answer.path("result");
  }

  private JsonNode send(String key, String method, String name, Map<String, ?> params)
      throws Exception {
    ObjectNode message = Json.mapper().createObjectNode();
    message.put("jsonrpc", "2.0").put("id", 7).put("method", method);
    ObjectNode all = Json.mapper().valueToTree(params);
    ObjectNode meta = all.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
    meta.putObject("io.modelcontextprotocol/clientCapabilities")
        .putObject("extensions")
        .putObject("io.modelcontextprotocol/tasks");
    message.set("params", all);
    Map<String, String> headers = new HashMap<>();
    headers.put("MCP-Protocol-Version", "2026-07-28");
    headers.put("Mcp-Method", method);
    headers.put("Mcp-Name", name);
    headers.put("Authorization", "Bearer " + key);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(mneme.url().orElseThrow() + "/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(message)));
    headers.forEach(request::header);
    String body = http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    return Json.parse(
        body.startsWith("{")
            ? body
            : body.lines()
                .filter(line -> line.startsWith("data:") && line.contains("\"id\":7"))
                .map(line -> line.substring(5))
                .findFirst()
                .orElseThrow(() -> new AssertionError(body)));
  }
}
