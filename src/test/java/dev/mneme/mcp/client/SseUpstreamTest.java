package dev.mneme.mcp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mneme.common.Json;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.mcp.client.config.Endpoint.Remote.Kind;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.wire.Access;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallListener;
import dev.mneme.net.NetPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One supervised server over the transport from before streamable HTTP. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SseUpstreamTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
  private volatile String endpoint = "/messages?session=1";
  private HttpServer http;
  private Transports transports;
  private Upstream server;

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::handle);
    http.start();
    transports = new Transports("test", folder, Optional.empty());
  }

  private void use(Kind kind) {
    URI url = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/sse");
    Endpoint.Remote remote = new Endpoint.Remote(url, kind, Map.of("Authorization", "Bearer k"));
    NetPolicy policy = NetPolicy.PUBLIC_ONLY.naming(url);
    server =
        new Upstream(
            ServerSpec.of("far", remote),
            () ->
                transports.open(
                    ServerSpec.of("far", remote), "far", policy, (_, _, _) -> Access.NONE),
            "test",
            new Patience(
                Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMinutes(1), 50, 3),
            System::nanoTime,
            EraMemory.NONE,
            _ -> {});
  }

  @AfterEach
  void stop() {
    server.close();
    transports.close();
    http.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    if (what.equals("GET /sse")) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      write(exchange.getResponseBody(), "endpoint", endpoint);
      streams.add(exchange.getResponseBody());
      return;
    }
    try (exchange) {
      JsonNode message =
          Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      String method = message.path("method").asText();
      seen.add(what + " " + method + " " + exchange.getRequestHeaders().getFirst("Authorization"));
      if (!what.startsWith("POST /messages")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      exchange.sendResponseHeaders(202, -1);
      String result =
          switch (method) {
            case "initialize" ->
                "{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{\"tools\":{}},"
                    + "\"serverInfo\":{\"name\":\"far\"}}";
            case "tools/list" -> "{\"tools\":[]}";
            case "tools/call" -> "{\"content\":[{\"type\":\"text\",\"text\":\"hello\"}]}";
            default -> "";
          };
      if (!result.isEmpty()) {
        write(
            streams.getLast(),
            "message",
            "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}");
      }
    }
  }

  private static synchronized void write(OutputStream out, String type, String data)
      throws IOException {
    out.write(("event: " + type + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private String call() throws CallFailed {
    return server
        .call("say", Json.mapper().createObjectNode(), LONG, CallListener.NONE)
        .at("/content/0/text")
        .asText();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void answersComeOverTheStream(Kind kind) throws Exception {
    use(kind);
    assertThat(call()).isEqualTo("hello");
    assertThat(seen)
        .contains("POST /messages?session=1 tools/call Bearer k")
        .noneMatch(line -> line.contains("/messages") && line.contains("server/discover"));
  }

  @Test
  void whenTheStreamEndsANewOneIsOpened() throws Exception {
    use(Kind.SSE);
    assertThat(call()).isEqualTo("hello");
    streams.getLast().close();
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .untilAsserted(() -> {
          assertThat(streams).hasSizeGreaterThanOrEqualTo(2);
          assertThat(call()).isEqualTo("hello");
        });
  }

  @Test
  void requestsGoToTheServerItselfAndNowhereElse() {
    endpoint = "http://127.0.0.2:9/messages";
    use(Kind.SSE);
    assertThatThrownBy(this::call).hasMessageContaining("not its own");
    assertThat(seen).isEmpty();
  }
}
