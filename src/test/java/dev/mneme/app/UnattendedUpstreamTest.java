package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mneme.common.Json;
import dev.mneme.web.oauth.TestingIssuer;
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

/** One Mneme is used by another that logs in to it by itself. */
class UnattendedUpstreamTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private TestingIssuer issuer;
  private Mneme far;

  @BeforeEach
  void start() throws Exception {
    issuer = new TestingIssuer();
    far = start(Map.of("auth.issuer", issuer.url()));
  }

  @AfterEach
  void stop() {
    far.close();
    issuer.close();
    http.close();
  }

  @Test
  void logsInWithTheSecretOfAClientAndIsItsOwnPrincipalThere() throws Exception {
    try (Mneme near = using(TestingIssuer.SECRET)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(call(near, "far__archival_insert", "content"))
                  .contains("\"isError\":false"));
      assertThat(call(near, "far__archival_search", "query")).contains("the vault code is 4711");
      assertThat(call(near, "archival_search", "query")).doesNotContain("the vault code is 4711");
    }
  }

  @Test
  void aSecretThatIsRefusedIsSaidOnceAndNobodyIsAsked() throws Exception {
    try (Mneme near = using("machine-secret-2")) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> assertThat(servers(near)).contains("logging in was given up", issuer.url()));
      assertThat(servers(near)).doesNotContain("machine-secret");
    }
  }

  private Mneme using(String secret) throws Exception {
    Map<String, Object> oauth =
        Map.of(
            "grant",
            "client_credentials",
            "issuer",
            issuer.url(),
            "clientId",
            TestingIssuer.CLIENT,
            "clientSecret",
            secret);
    Map<String, Object> entry =
        Map.of("url", far.url().orElseThrow() + "/mcp", "serve", true, "oauth", oauth);
    Path file = Files.createTempDirectory("mn").resolve("servers.json");
    Files.writeString(file, Json.write(Map.of("mcpServers", Map.of("far", entry))));
    Mneme near = start(Map.of("mcp.servers", file.toString()));
    near.warm();
    return near;
  }

  private static Mneme start(Map<String, String> more) throws Exception {
    Path data = Files.createTempDirectory("mn").resolve("d");
    Map<String, String> flags =
        new HashMap<>(
            Map.of("data", data.toString(), "server.port", "0", "search.embeddings", "off"));
    flags.putAll(more);
    return Mneme.start(Config.load(flags, Map.of()), Role.SERVE, () -> {});
  }

  private String servers(Mneme near) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(near.url().orElseThrow() + "/v1/mcp-servers")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private String call(Mneme at, String tool, String argument) throws Exception {
    String body =
        """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s",
        "arguments":{"%s":"the vault code is 4711"},
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
        "io.modelcontextprotocol/clientCapabilities":{}}}}\
        """
            .formatted(tool, argument);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(at.url().orElseThrow() + "/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", "tools/call")
            .header("Mcp-Name", tool)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
