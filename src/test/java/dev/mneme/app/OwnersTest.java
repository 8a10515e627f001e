package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two keys, two owners, one server: over MCP neither finds anything of the other. */
class OwnersTest {
  private static final String ALICE = "alice-0123456789";
  private static final String BOB = "bob-0123456789abc";
  private static final String HELLO =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";

  private final HttpClient http = HttpClient.newHttpClient();
  private Mneme mneme;

  @BeforeEach
  void start() throws Exception {
    Path data = Files.createTempDirectory("mn").resolve("d");
    Config config =
        Config.load(
            Map.of("data", data.toString(), "server.port", "0", "search.embeddings", "off"),
            Map.of("MNEME_AUTH_KEYS", "alice:" + ALICE + ",bob:" + BOB));
    mneme = Mneme.start(config, Role.SERVE, () -> {});
  }

  @AfterEach
  void stop() {
    mneme.close();
    http.close();
  }

  @Test
  void whatOneRemembersTheOtherDoesNotFind() throws Exception {
    String alice = open(ALICE);
    String bob = open(BOB);
    assertThat(
            call(ALICE, alice, "archival_insert", Map.of("content", "the vault code is 4711"))
                .path("isError")
                .asBoolean())
        .isFalse();

    assertThat(call(ALICE, alice, "archival_search", Map.of("query", "vault code")).toString())
        .contains("4711");
    assertThat(call(BOB, bob, "archival_search", Map.of("query", "vault code")).toString())
        .doesNotContain("4711");
  }

  @Test
  void aTurnIsOpenForItsOwnerOnly() throws Exception {
    String alice = open(ALICE);
    String bob = open(BOB);
    JsonNode opened = call(ALICE, alice, "turn_open", Map.of("input", "I am Alice."));
    String turn = opened.at("/structuredContent/turn").asText();
    assertThat(opened.at("/structuredContent/operations").findValuesAsText("name"))
        .contains("memory_insert", "archival_memory_search", "conversation_search");

    Map<String, String> commit = Map.of("turn", turn, "reply", "Mallory was here.");
    assertThat(call(BOB, bob, "turn_commit", commit).toString()).contains("unknown_turn");
    assertThat(call(BOB, bob, "turn_cancel", Map.of("turn", turn)).toString())
        .contains("unknown_turn");
    JsonNode own = call(ALICE, alice, "turn_commit", Map.of("turn", turn, "reply", "Hello Alice."));
    assertThat(own.at("/structuredContent/state").asText()).isEqualTo("ended");
    assertThat(own.at("/structuredContent/stop_reason").asText()).isEqualTo("end_turn");
  }

  @Test
  void withoutAModelTheWaysOutAreTold() throws Exception {
    String alice = open(ALICE);
    String said = call(ALICE, alice, "send_message", Map.of("message", "Hello?")).toString();
    assertThat(said).contains("\"isError\":true", "(1) think for it yourself: call turn_open");
  }

  @Test
  void aSessionIsOfUseToItsOwnerOnly() throws Exception {
    String alice = open(ALICE);
    HttpResponse<String> answer =
        post(BOB, alice, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}");
    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void withoutAKeyThereIsNothing() throws Exception {
    assertThat(post("", "", HELLO).statusCode()).isEqualTo(401);
  }

  private String open(String key) throws Exception {
    return post(key, "", HELLO).headers().firstValue("mcp-session-id").orElseThrow();
  }

  private JsonNode call(String key, String session, String tool, Map<String, String> arguments)
      throws Exception {
    String request =
        Json.write(
            Map.of(
                "jsonrpc",
                "2.0",
                "id",
                7,
                "method",
                "tools/call",
                "params",
                Map.of("name", tool, "arguments", arguments)));
    return post(key, session, request)
        .body()
        .lines()
        .filter(line -> line.startsWith("data:"))
        .map(line -> Json.parse(line.substring(5)))
        .filter(message -> message.path("id").asInt() == 7)
        .findFirst()
        .orElseThrow()
        .path("result");
  }

  private HttpResponse<String> post(String key, String session, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(mneme.url().orElseThrow() + "/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    if (!session.isEmpty()) {
      request.header("Mcp-Session-Id", session);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
