package dev.mneme.mcp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.oauth.Person;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.net.NetPolicy;
import dev.mneme.sandbox.consent.Consent;
import dev.mneme.secret.SecretBox;
import dev.mneme.store.Database;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that wants a login, which is its own authorization server here. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LoginTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private volatile String good = "";
  private final AtomicInteger given = new AtomicInteger();
  private HttpServer http;
  private URI url;
  private Database database;
  private Logins logins;
  private Hub hub;

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::handle);
    http.start();
    url = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/mcp");
    database = Database.open(folder.resolve("mneme.db"), 2);
    SecretBox box =
        SecretBox.open(folder.resolve("secret.key"), Optional.empty(), new SecureRandom());
    logins = new Logins(database, box, Clock.systemUTC());
    write(url, false);
    hub =
        new Hub(
            settings(),
            database,
            new ServerRows(
                database, box, new Ids(new SecureRandom(), Clock.systemUTC()), Clock.systemUTC()),
            logins,
            new Transports("test", folder, Optional.empty()),
            Clock.systemUTC());
    hub.start();
  }

  @AfterEach
  void stop() {
    hub.close();
    database.close();
    http.stop(0);
  }

  private HubSettings settings() {
    return new HubSettings(
        folder.resolve("servers.json"),
        _ -> Optional.empty(),
        _ -> Optional.empty(),
        Set.of(),
        false,
        "test",
        Patience.DEFAULT);
  }

  private void write(URI address, boolean shared) throws IOException {
    Map<String, Object> entry = Map.of("url", address.toString(), "shared", shared);
    Files.writeString(
        folder.resolve("servers.json"), Json.write(Map.of("mcpServers", Map.of("far", entry))));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String origin = "http://127.0.0.1:" + http.getAddress().getPort();
      switch (path) {
        case "/.well-known/oauth-protected-resource/mcp" ->
            answer(
                exchange,
                Map.of("resource", origin + "/mcp", "authorization_servers", List.of(origin)));
        case "/.well-known/oauth-authorization-server" ->
            answer(
                exchange,
                Map.of(
                    "issuer",
                    origin,
                    "authorization_endpoint",
                    origin + "/authorize",
                    "token_endpoint",
                    origin + "/token",
                    "registration_endpoint",
                    origin + "/register",
                    "response_types_supported",
                    List.of("code"),
                    "token_endpoint_auth_methods_supported",
                    List.of("none"),
                    "code_challenge_methods_supported",
                    List.of("S256"),
                    "authorization_response_iss_parameter_supported",
                    true));
        case "/register" -> answer(exchange, Map.of("client_id", "client-1"));
        case "/token" -> {
          seen.add(body);
          int number = given.incrementAndGet();
          good = "token-" + number;
          answer(
              exchange,
              Map.of(
                  "access_token",
                  good,
                  "token_type",
                  "Bearer",
                  "expires_in",
                  3600,
                  "refresh_token",
                  "refresh-" + number));
        }
        case "/mcp", "/mcp/other" -> mcp(exchange, body);
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void mcp(HttpExchange exchange, String body) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    if (good.isEmpty() || !("Bearer " + good).equals(key)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
      exchange.sendResponseHeaders(401, -1);
      return;
    }
    JsonNode message = body.isEmpty() ? Json.mapper().createObjectNode() : Json.parse(body);
    Object result =
        switch (message.path("method").asText()) {
          case "server/discover" ->
              Map.of(
                  "supportedVersions",
                  List.of("2026-07-28"),
                  "capabilities",
                  Map.of("tools", Map.of()),
                  "serverInfo",
                  Map.of("name", "far"));
          case "tools/list" ->
              Map.of(
                  "tools", List.of(Map.of("name", "t", "inputSchema", Map.of("type", "object"))));
          default -> Map.of("content", List.of(Map.of("type", "text", "text", "let in")));
        };
    answer(exchange, Map.of("jsonrpc", "2.0", "id", message.path("id"), "result", result));
  }

  private static void answer(HttpExchange exchange, Object json) throws IOException {
    byte[] bytes = Json.write(json).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Agrees, and comes back from an issuer. */
  private static Person agreeing(String issuer) {
    return new Person() {
      @Override
      public URI redirect() {
        return URI.create("http://127.0.0.1:33418/callback");
      }

      @Override
      public URI ask(URI authorization) {
        String state = authorization.getQuery().replaceAll(".*state=([^&]*).*", "$1");
        return URI.create(redirect() + "?code=c&state=" + state + "&iss=" + issuer);
      }
    };
  }

  private void login(String issuer) throws CallFailed {
    ServerList.Wanted wanted = new ServerList(settings(), List::of).read().getFirst();
    ServerSpec spec = wanted.spec().orElseThrow();
    try (Transports transports = new Transports("login", folder, Optional.empty())) {
      logins.login(
          wanted,
          spec,
          transports,
          ServerList.policy(wanted, spec, NetPolicy.PUBLIC_ONLY),
          List.of(),
          agreeing(issuer));
    }
  }

  private String issuer() {
    return url.resolve("/").toString().replaceAll("/$", "");
  }

  private ServerStatus status() {
    return hub.servers(Owner.DEFAULT).getFirst().status();
  }

  private String call() {
    ToolOutcome outcome =
        hub.calls(gate -> gate, Consent.OPERATOR)
            .call(
                Caller.of(Owner.DEFAULT, Caller.Face.REST),
                "far__t",
                Json.mapper().createObjectNode(),
                ToolListener.NONE);
    return outcome instanceof ToolOutcome.Success success
        ? success.value().asText()
        : outcome.toString();
  }

  @Test
  void aServerWaitsForALoginAndRenewsWhatItGotByItself() throws Exception {
    await().atMost(LONG).until(() -> status().state() == ServerStatus.State.PARKED);
    assertThat(status().why()).contains("mneme mcp-servers login far");
    login(issuer());
    hub.look();
    await().atMost(LONG).until(() -> status().state() == ServerStatus.State.READY);
    assertThat(call()).isEqualTo("let in");
    assertThat(seen.getFirst())
        .contains("code_verifier=", "resource=", "client_id=client-1", "grant_type=authorization");
    good = "another";
    assertThat(call()).isEqualTo("let in");
    assertThat(seen.getLast()).contains("grant_type=refresh_token", "refresh_token=refresh-1");
  }

  @Test
  void whatWasGotIsKeptEncryptedAndGoodForThatAddressAlone() throws Exception {
    login(issuer());
    hub.look();
    await().atMost(LONG).until(() -> status().state() == ServerStatus.State.READY);
    for (String name : List.of("mneme.db", "mneme.db-wal")) {
      Path file = folder.resolve(name);
      String bytes = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
      assertThat(bytes).doesNotContain("token-1", "refresh-1");
    }
    write(URI.create(url + "/other"), false);
    hub.look();
    await().atMost(LONG).until(() -> status().state() == ServerStatus.State.PARKED);
    write(url, true);
    hub.look();
    await().atMost(LONG).untilAsserted(() -> assertThat(status().why()).contains("refused access"));
  }

  @Test
  void anAnswerOfSomebodyElseIsRefused() {
    assertThatThrownBy(() -> login(issuer() + "/"))
        .isInstanceOf(CallFailed.class)
        .hasMessageContaining("does not come from");
    assertThat(seen).isEmpty();
  }
}
