package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.web.oauth.TestingIssuer;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People whom an issuer vouches for: each has memory and handles of their own, and scopes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PrincipalsTest {
  private static final String ALL = "memory:read memory:write agents tools:run";
  private static final String TASKS = "io.modelcontextprotocol/tasks";
  private static final String BLOCK = "memory://agents/default/blocks/human";

  private final HttpClient http = HttpClient.newHttpClient();
  private TestingIssuer issuer;
  private Path data;
  private Mneme mneme;

  @BeforeEach
  void start() throws Exception {
    issuer = new TestingIssuer();
    data = Files.createTempDirectory("mn").resolve("d");
    mneme = open(Map.of());
  }

  private Mneme open(Map<String, String> more) {
    Map<String, String> flags =
        new java.util.HashMap<>(
            Map.of(
                "data",
                data.toString(),
                "server.port",
                "0",
                "search.embeddings",
                "off",
                "mcp.catalog",
                "conformance",
                "auth.issuer",
                issuer.url()));
    flags.putAll(more);
    Config config = Config.load(flags, Map.of("MNEME_AUTH_KEYS", "anna:anna-0123456789abc"));
    return Mneme.start(config, Role.SERVE, () -> {});
  }

  @AfterEach
  void stop() {
    mneme.close();
    issuer.close();
    http.close();
  }

  @Test
  void eachHasMemoryOfTheirOwnThatStays() throws Exception {
    String anna = token("anna", ALL);
    String bela = token("bela", ALL);
    insert(anna, "the vault code is 4711");
    assertThat(search(anna)).contains("4711");
    assertThat(search(bela)).doesNotContain("4711");
    // A key of the same name is somebody else, and so is the same name of another issuer.
    assertThat(search("anna-0123456789abc")).doesNotContain("4711");
    assertThat(Principals.of("https://a", "b"))
        .isNotEqualTo(Principals.of("https://ab", ""))
        .isNotEqualTo(Principals.of("https://b", "b"))
        .isNotEqualTo(Keyring.owner("b"));

    mneme.close();
    mneme = open(Map.of());
    assertThat(search(token("anna", ALL))).contains("4711");
  }

  @Test
  void aTokenAllowsWhatItsScopesSayInBothEras() throws Exception {
    String reads = token("anna", "memory:read");
    assertThat(tool(reads, "memory_view", Map.of()).statusCode()).isEqualTo(200);
    assertThat(modern(reads, "resources/list", Map.of()).statusCode()).isEqualTo(200);
    Map.of(
            "archival_insert",
            "memory:write",
            "memory_undo",
            "memory:write",
            "send_message",
            "agents",
            "agent_create",
            "agents",
            "run_python",
            "tools:run",
            "test_simple_text",
            "tools:run")
        .forEach((name, scope) ->
            stepsUp(
                tool(reads, name, Map.of()),
                Stream.of(scope, "memory:read").sorted().collect(Collectors.joining(" "))));
    String writes = token("anna", "memory:write");
    stepsUp(tool(writes, "memory_view", Map.of()), "memory:read memory:write");
    stepsUp(modern(writes, "resources/list", Map.of()), "memory:read memory:write");
    stepsUp(
        modern(
            writes,
            "subscriptions/listen",
            Map.of("notifications", Map.of("resourceSubscriptions", List.of(BLOCK)))),
        "memory:read memory:write");
    Map<String, Object> tasks = Map.of("taskIds", List.of("x"));
    stepsUp(
        modern(writes, "subscriptions/listen", Map.of("notifications", tasks)),
        "agents memory:write");
    Map<String, Object> both = new java.util.HashMap<>(tasks);
    both.put("resourceSubscriptions", List.of(BLOCK));
    Map<String, Object> all = Map.of("notifications", both);
    stepsUp(modern(reads, "subscriptions/listen", all), "agents memory:read");
    stepsUp(modern(writes, "subscriptions/listen", all), "agents memory:read memory:write");
    stepsUp(modern(writes, "tasks/get", Map.of("taskId", "x")), "agents memory:write");

    String session = hello(reads);
    HttpResponse<String> refused =
        older(reads, session, "tools/call", Map.of("name", "agent_create", "arguments", Map.of()));
    stepsUp(refused, "agents memory:read");
    // Everything is listed: who does not see a tool cannot ask for what it needs.
    assertThat(older(reads, session, "tools/list", Map.of()).body()).contains("run_python");
    // A better token of the same person goes on in the same session.
    assertThat(
            older(
                    token("anna", ALL),
                    session,
                    "tools/call",
                    Map.of("name", "test_simple_text", "arguments", Map.of()))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aSessionIsOfUseToItsPrincipalOnly() throws Exception {
    String session = hello(token("anna", ALL));
    String bela = token("bela", ALL);
    assertThat(older(bela, session, "tools/list", Map.of()).statusCode()).isEqualTo(404);
    HttpRequest end =
        request(bela)
            .header("Mcp-Session-Id", session)
            .method("DELETE", HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(http.send(end, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    HttpRequest listen = request(bela).header("Mcp-Session-Id", session).GET().build();
    assertThat(http.send(listen, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    assertThat(older(token("anna", ALL), session, "tools/list", Map.of()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aQuestionIsAnsweredByItsPrincipalOnly() throws Exception {
    String call = "{\"name\":\"test_input_required_result_elicitation\",\"arguments\":{}}";
    Map<String, Object> params = ordered(call);
    JsonNode asked = result(modern(token("anna", ALL), "tools/call", params));
    assertThat(asked.path("resultType").asText()).isEqualTo("input_required");
    Map<String, Object> answer = ordered(call);
    answer.put("requestState", asked.path("requestState").asText());
    answer.put(
        "inputResponses",
        Map.of("user_name", Map.of("action", "accept", "content", Map.of("name", "Mallory"))));
    assertThat(error(modern(token("bela", ALL), "tools/call", answer))).isEqualTo(-32602);
    assertThat(result(modern(token("anna", ALL), "tools/call", answer)).path("resultType").asText())
        .isEqualTo("complete");
  }

  @Test
  void aTaskIsShownToItsPrincipalOnly() throws Exception {
    JsonNode made =
        result(
            modern(
                token("anna", ALL),
                "tools/call",
                Map.of("name", "slow_compute", "arguments", Map.of("seconds", 30))));
    String task = made.path("taskId").asText();
    assertThat(task).as(made.toString()).isNotEmpty();
    for (String method : List.of("tasks/get", "tasks/update", "tasks/cancel")) {
      Map<String, Object> params = Map.of("taskId", task, "inputResponses", Map.of());
      assertThat(error(modern(token("bela", ALL), method, params))).as(method).isEqualTo(-32602);
    }
    Map<String, Object> wanted = Map.of("notifications", Map.of("taskIds", List.of(task)));
    try (Listening other = listen(token("bela", ALL), wanted);
        Listening own = listen(token("anna", ALL), wanted)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> other.heard("acknowledged"));
      await().atMost(Duration.ofSeconds(30)).until(() -> own.heard("acknowledged"));
      result(modern(token("anna", ALL), "tasks/cancel", Map.of("taskId", task)));
      await().atMost(Duration.ofSeconds(30)).until(() -> own.heard("notifications/tasks"));
      assertThat(other.all()).doesNotContain(task);
    }
  }

  @Test
  void aSubscriptionHearsOfItsPrincipalOnly() throws Exception {
    Map<String, Object> wanted =
        Map.of("notifications", Map.of("resourceSubscriptions", List.of(BLOCK)));
    tool(token("anna", ALL), "memory_view", Map.of());
    tool(token("bela", ALL), "memory_view", Map.of());
    try (Listening anna = listen(token("anna", ALL), wanted);
        Listening bela = listen(token("bela", ALL), wanted)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> anna.heard(BLOCK));
      await().atMost(Duration.ofSeconds(30)).until(() -> bela.heard(BLOCK));
      append(token("anna", ALL));
      await().atMost(Duration.ofSeconds(30)).until(() -> anna.heard("resources/updated"));
      assertThat(bela.all()).doesNotContain("resources/updated");
      append(token("bela", ALL));
      await().atMost(Duration.ofSeconds(30)).until(() -> bela.heard("resources/updated"));
    }
  }

  @Test
  void noStreamOutlivesItsToken() throws Exception {
    mneme.close();
    Path models = Files.createDirectories(data.resolve("models"));
    Files.writeString(
        models.resolve("slow.yaml"),
        "replies:\n  - match: {contains: hello}\n    delay: 100s\n    text: Good evening.\n");
    mneme = open(Map.of("models.default-model", "scripted/slow"));
    String session = hello(token("anna", ALL));
    String agent =
        Json.parse(rest(token("anna", "api"), "/v1/agents/", "POST", "{}").body())
            .path("id")
            .asText();
    Map<String, Object> wanted = Map.of("notifications", Map.of("toolsListChanged", true));
    String nearlyOver = nearlyOver(mneme.url().orElseThrow() + "/mcp", ALL);
    HttpRequest get = request(nearlyOver).header("Mcp-Session-Id", session).GET().build();
    HttpRequest send =
        restRequest(
            nearlyOver(mneme.url().orElseThrow(), "api"),
            "/v1/agents/" + agent + "/messages/stream",
            "POST",
            "{\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}");
    try (Listening newer = listen(nearlyOver, wanted);
        Listening rest = new Listening(http.send(send, HttpResponse.BodyHandlers.ofInputStream()));
        // Last, because it says nothing before its end.
        Listening older =
            new Listening(http.send(get, HttpResponse.BodyHandlers.ofInputStream()))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> newer.isOver() && older.isOver() && rest.isOver());
      assertThat(rest.all()).contains("event: error", "token_expired").doesNotContain("[DONE]");
    }
    // What was begun with it goes on.
    assertThat(rest(token("anna", "api"), "/v1/runs/?active=true", "GET").body()).contains(agent);
  }

  /** A minute of difference between clocks is forgiven, so this one is over in twelve seconds. */
  private String nearlyOver(String audience, String scopes) throws Exception {
    return issuer.token(claims ->
        claims
            .subject("anna")
            .audience(audience)
            .claim("scope", scopes)
            .expirationTime(Date.from(Instant.now().minusSeconds(48))));
  }

  @Test
  void whoMayApproveIsSaidByTheToken() throws Exception {
    assertThat(approvals(token("anna", "memory:read")).statusCode()).isEqualTo(403);
    assertThat(approvals(token("anna", "approve")).statusCode()).isEqualTo(200);
    HttpResponse<String> denied = resolve(token("anna", "api"));
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.body()).contains("approve_scope_required");
    assertThat(resolve(token("anna", "approve")).statusCode()).isEqualTo(404);
  }

  @Test
  void whereOthersMayAskTheAddressHasToBeSaid() {
    mneme.close();
    assertThatThrownBy(() -> open(Map.of("server.allowed-hosts", "mneme.example.com")))
        .isInstanceOf(MnemeException.class)
        .hasMessageContaining("auth.address");
    mneme = open(Map.of("auth.address", "https://mneme.example.com"));
    assertThat(mneme.url()).isPresent();
  }

  private static Map<String, Object> ordered(String json) {
    Map<String, Object> params = new java.util.LinkedHashMap<>();
    Json.parse(json).properties().forEach(each -> params.put(each.getKey(), each.getValue()));
    return params;
  }

  private void insert(String token, String text) {
    assertThat(tool(token, "archival_insert", Map.of("content", text)).statusCode()).isEqualTo(200);
  }

  private void append(String token) {
    HttpResponse<String> answer =
        tool(
            token,
            "core_memory_append",
            Map.of("label", "human", "content", "Likes dark chocolate."));
    assertThat(answer.body()).contains("\"isError\":false");
  }

  private String search(String token) {
    return tool(token, "archival_search", Map.of("query", "vault code")).body();
  }

  private HttpResponse<String> tool(String token, String name, Map<String, ?> arguments) {
    return modern(token, "tools/call", Map.of("name", name, "arguments", arguments));
  }

  private void stepsUp(HttpResponse<String> answer, String scopes) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
        .isEqualTo(
            "Bearer error=\"insufficient_scope\", resource_metadata=\""
                + mneme.url().orElseThrow()
                + "/.well-known/oauth-protected-resource/mcp\", scope=\""
                + scopes
                + "\"");
  }

  private String token(String subject, String scopes) {
    return issuer.token(subject, mneme.url().orElseThrow() + "/mcp", scopes);
  }

  private static JsonNode result(HttpResponse<String> answer) {
    JsonNode result = message(answer).path("result");
    assertThat(result.isObject()).as(answer.body()).isTrue();
    return result;
  }

  private static int error(HttpResponse<String> answer) {
    return message(answer).path("error").path("code").asInt();
  }

  private static JsonNode message(HttpResponse<String> answer) {
    String body = answer.body();
    if (body.startsWith("{")) {
      return Json.parse(body);
    }
    List<String> events = body.lines().filter(line -> line.startsWith("data:")).toList();
    return Json.parse(events.getLast().substring(5));
  }

  private String hello(String token) throws Exception {
    return older(
            token,
            "",
            "initialize",
            Map.of(
                "protocolVersion",
                "2025-11-25",
                "capabilities",
                Map.of(),
                "clientInfo",
                Map.of("name", "t", "version", "1")))
        .headers()
        .firstValue("mcp-session-id")
        .orElseThrow();
  }

  private HttpResponse<String> older(
      String token, String session, String method, Map<String, ?> params) throws Exception {
    HttpRequest.Builder request = request(token);
    if (!session.isEmpty()) {
      request.header("Mcp-Session-Id", session);
    }
    String body = Json.write(Map.of("jsonrpc", "2.0", "id", 7, "method", method, "params", params));
    return http.send(
        request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> modern(String token, String method, Map<String, ?> params) {
    try {
      return http.send(modernRequest(token, method, params), HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Listening listen(String token, Map<String, ?> params) throws Exception {
    return new Listening(
        http.send(
            modernRequest(token, "subscriptions/listen", params),
            HttpResponse.BodyHandlers.ofInputStream()));
  }

  private HttpRequest modernRequest(String token, String method, Map<String, ?> params) {
    ObjectNode all = Json.mapper().valueToTree(params);
    ObjectNode meta = all.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
    ObjectNode can = meta.putObject("io.modelcontextprotocol/clientCapabilities");
    can.putObject("elicitation").putObject("form");
    can.putObject("extensions").putObject(TASKS);
    HttpRequest.Builder request =
        request(token).header("MCP-Protocol-Version", "2026-07-28").header("Mcp-Method", method);
    Optional.ofNullable(all.get("taskId"))
        .or(() -> Optional.ofNullable(all.get("name")))
        .ifPresent(name -> request.header("Mcp-Name", name.asText()));
    String body = Json.write(Map.of("jsonrpc", "2.0", "id", 7, "method", method, "params", all));
    return request.POST(HttpRequest.BodyPublishers.ofString(body)).build();
  }

  private HttpRequest.Builder request(String token) {
    return HttpRequest.newBuilder(URI.create(mneme.url().orElseThrow() + "/mcp"))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> approvals(String token) throws Exception {
    return rest(token, "/v1/mneme/approvals", "GET");
  }

  private HttpResponse<String> resolve(String token) throws Exception {
    return rest(token, "/v1/mneme/approvals/consent-1/approve", "POST");
  }

  private HttpResponse<String> rest(String token, String path, String method) throws Exception {
    return rest(token, path, method, "");
  }

  private HttpResponse<String> rest(String token, String path, String method, String body)
      throws Exception {
    String forAll = token.isEmpty() ? "" : retarget(token);
    return http.send(restRequest(forAll, path, method, body), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest restRequest(String token, String path, String method, String body) {
    return HttpRequest.newBuilder(URI.create(mneme.url().orElseThrow() + path))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** The same for all of the server. */
  private String retarget(String token) throws Exception {
    String scopes =
        com.nimbusds.jwt.SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("scope");
    return issuer.token("anna", mneme.url().orElseThrow(), scopes);
  }

  /** A stream that is read as it comes. */
  private static final class Listening implements AutoCloseable {
    private final InputStream stream;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    Listening(HttpResponse<InputStream> answer) {
      assertThat(answer.statusCode()).isEqualTo(200);
      stream = answer.body();
      reader = Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          lines.add(line);
        }
      } catch (java.io.IOException _) {
        // It ended.
      }
    }

    boolean heard(String text) {
      return all().contains(text);
    }

    String all() {
      return String.join("\n", lines);
    }

    boolean isOver() {
      return !reader.isAlive();
    }

    @Override
    public void close() throws java.io.IOException {
      stream.close();
    }
  }
}
