package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.web.oauth.TestingIssuer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person logs in to another Mneme over the REST API, with a browser on the same machine. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConnectTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private TestingIssuer issuer;
  private Mneme far;
  private Mneme near;

  @BeforeEach
  void start() throws Exception {
    issuer = new TestingIssuer();
    far = start(Map.of("auth.issuer", issuer.url()));
    near = start(Map.of("mcp.hosts", "127.0.0.1"));
    near.warm();
  }

  private static Mneme start(Map<String, String> more) throws Exception {
    Path data = Files.createTempDirectory("mn").resolve("d");
    Map<String, String> flags =
        new HashMap<>(
            Map.of("data", data.toString(), "server.port", "0", "search.embeddings", "off"));
    flags.putAll(more);
    return Mneme.start(Config.load(flags, Map.of()), Role.SERVE, () -> {});
  }

  @AfterEach
  void stop() {
    near.close();
    far.close();
    issuer.close();
    http.close();
  }

  @Test
  void theStreamLeadsThroughTheLogin() throws Exception {
    String id = create(far.url().orElseThrow() + "/mcp");
    JsonNode end = followed(HttpRequest.newBuilder(at("/v1/mcp-servers/connect/" + id)).build());
    assertThat(end.path("tools").findValuesAsText("name")).contains("memory_view");
    // The second time nobody is asked.
    String again = get("/v1/mcp-servers/connect/" + id).body();
    assertThat(again).contains("\"success\"").doesNotContain("oauth_required");
  }

  @Test
  void theOlderRouteLeadsThroughTheLoginOfAServerThatIsAddedLater() throws Exception {
    String url = far.url().orElseThrow() + "/mcp";
    JsonNode end = followed(older("connect", url));
    assertThat(end.path("tools").findValuesAsText("name")).contains("memory_view");
    assertThat(get("/v1/tools/mcp/servers").body()).isEqualTo("{}");

    HttpResponse<String> tested = http.send(older("test", url), BodyHandlers.ofString());
    assertThat(Json.parse(tested.body()).path("status").asText()).isEqualTo("success");
    assertThat(Json.parse(tested.body()).path("tools").findValuesAsText("name"))
        .contains("memory_view");
    // Whoever adds it need not log in again.
    String id = create(url);
    String again = get("/v1/mcp-servers/connect/" + id).body();
    assertThat(again).contains("\"success\"").doesNotContain("oauth_required");
  }

  @Test
  void aProgramIsNotStartedToSeeWhatItHas() throws Exception {
    String program =
        "{\"server_name\": \"p\", \"type\": \"stdio\", \"command\": \"touch\", \"args\": [\"/x\"]}";
    HttpResponse<String> tested =
        http.send(post("/v1/tools/mcp/servers/test", program), BodyHandlers.ofString());
    assertThat(tested.statusCode()).isEqualTo(503);
    assertThat(tested.body()).contains("mneme mcp-servers approve p");
    HttpResponse<String> connected =
        http.send(post("/v1/tools/mcp/servers/connect", program), BodyHandlers.ofString());
    assertThat(connected.body()).contains("\"error\"", "mneme mcp-servers approve p");
  }

  @Test
  void aServerThatIsNotThereFailsTheTest() throws Exception {
    HttpResponse<String> tested =
        http.send(older("test", "http://127.0.0.1:9/mcp"), BodyHandlers.ofString());
    assertThat(tested.statusCode()).isEqualTo(503);
    assertThat(tested.body()).contains("could not be asked");
  }

  /** The last event of a stream whose login a browser goes through. */
  private JsonNode followed(HttpRequest request) throws Exception {
    List<String> events = new ArrayList<>();
    JsonNode end = Json.mapper().missingNode();
    HttpResponse<java.io.InputStream> stream = http.send(request, BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: {")) {
          end = Json.parse(line.substring(6));
          events.add(end.path("event").asText());
          if (events.getLast().equals("authorization_url")) {
            agree(URI.create(end.path("url").asText()));
          }
        }
      }
    }
    assertThat(events.getLast()).as(end.toString()).isEqualTo("success");
    assertThat(events)
        .startsWith("connection_attempt", "oauth_required", "authorization_url")
        .contains("waiting_for_auth");
    return end;
  }

  private HttpRequest older(String route, String url) {
    return post(
        "/v1/tools/mcp/servers/" + route,
        Json.write(Map.of("server_name", "far", "type", "streamable_http", "server_url", url)));
  }

  private HttpRequest post(String path, String body) {
    return HttpRequest.newBuilder(at(path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  @Test
  void anAnswerThatNobodyWaitsForIsNotTaken() throws Exception {
    HttpResponse<String> answer =
        get("/v1/tools/mcp/oauth/callback?code=x&state=0123456789abcdef0123456789abcdef");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(get("/v1/tools/mcp/oauth/callback").statusCode()).isEqualTo(404);
  }

  @Test
  void aServerThatCannotBeReachedIsSaidSo() throws Exception {
    String id = create("http://127.0.0.1:9/mcp");
    assertThat(get("/v1/mcp-servers/connect/" + id).body())
        .contains("\"connection_attempt\"", "\"error\"")
        .doesNotContain("oauth_required");
  }

  /** What a browser does once its user has agreed. */
  private void agree(URI authorization) throws Exception {
    HttpResponse<String> sent =
        http.send(HttpRequest.newBuilder(authorization).build(), BodyHandlers.ofString());
    URI back = URI.create(sent.headers().firstValue("Location").orElseThrow());
    HttpResponse<String> page =
        http.send(HttpRequest.newBuilder(back).build(), BodyHandlers.ofString());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("You may close this page");
  }

  private String create(String url) throws Exception {
    String body =
        Json.write(
            Map.of(
                "server_name",
                "far",
                "config",
                Map.of("mcp_server_type", "streamable_http", "server_url", url)));
    HttpRequest request = post("/v1/mcp-servers", body);
    return Json.parse(http.send(request, BodyHandlers.ofString()).body()).path("id").asText();
  }

  private URI at(String path) {
    return URI.create(near.url().orElseThrow() + path);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
  }
}
