package dev.mneme.mcp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mneme.common.Json;
import dev.mneme.mcp.client.ServerStatus.State;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.wire.Access;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.mcp.client.wire.CallListener;
import dev.mneme.net.NetPolicy;
import java.io.IOException;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One supervised server over streamable HTTP. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class HttpUpstreamTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private volatile String live = "";
  private volatile boolean streams;
  private volatile int refuse;
  private HttpServer http;
  private Transports transports;
  private Upstream server;

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/mcp", this::handle);
    http.start();
    URI url = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/mcp");
    transports = new Transports("test", folder, Optional.empty());
    ServerSpec spec =
        ServerSpec.of(
            "far",
            new Endpoint.Remote(
                url, Endpoint.Remote.Kind.STREAMABLE, Map.of("Authorization", "Bearer k")));
    NetPolicy policy = NetPolicy.PUBLIC_ONLY.naming(url);
    server =
        new Upstream(
            spec,
            () -> transports.open(spec, "far", policy, (_, _, _) -> Access.NONE),
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
    try (exchange) {
      JsonNode message =
          exchange.getRequestMethod().equals("POST")
              ? Json.parse(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
              : Json.mapper().createObjectNode();
      String method = message.path("method").asText(exchange.getRequestMethod());
      String session = exchange.getRequestHeaders().getFirst("Mcp-Session-Id");
      seen.add(method + " " + exchange.getRequestHeaders().getFirst("Authorization"));
      if (refuse != 0) {
        exchange.sendResponseHeaders(refuse, -1);
      } else if (method.equals("initialize")) {
        live = "s" + sessions.incrementAndGet();
        exchange.getResponseHeaders().set("Mcp-Session-Id", live);
        answer(
            exchange,
            message,
            "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                + "\"serverInfo\":{\"name\":\"far\"}}");
      } else if (!live.equals(session)) {
        exchange.sendResponseHeaders(404, -1);
      } else if (method.equals("tools/list")) {
        answer(exchange, message, "{\"tools\":[]}");
      } else if (method.equals("tools/call")) {
        calls.incrementAndGet();
        answer(exchange, message, "{\"content\":[{\"type\":\"text\",\"text\":\"hello\"}]}");
      } else {
        exchange.sendResponseHeaders(202, -1);
      }
    }
  }

  private void answer(HttpExchange exchange, JsonNode message, String result) throws IOException {
    String json =
        "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}";
    String token = message.path("params").path("_meta").path("progressToken").asText("0");
    String body =
        streams
            ? ": hello\n\nevent: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":"
                + "\"notifications/progress\",\"params\":{\"progressToken\":"
                + token
                + ",\"progress\":1,\"total\":2,\"message\":\"half\"}}\n\ndata: "
                + json
                + "\n\n"
            : json;
    exchange
        .getResponseHeaders()
        .set("Content-Type", streams ? "text/event-stream" : "application/json; charset=utf-8");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private String call(CallListener progress) throws CallFailed {
    return server
        .call("t", Json.mapper().createObjectNode(), LONG, progress)
        .path("content")
        .path(0)
        .path("text")
        .asText();
  }

  @Test
  void anAnswerMayBeJsonOrAStreamWithProgress() throws CallFailed {
    assertThat(call(CallListener.NONE)).isEqualTo("hello");
    streams = true;
    List<String> heard = new CopyOnWriteArrayList<>();
    CallListener listener =
        new CallListener() {
          @Override
          public void progress(double progress, double total, String message) {
            heard.add(message + progress / total);
          }
        };
    assertThat(call(listener)).isEqualTo("hello");
    assertThat(heard).containsExactly("half0.5");
    assertThat(seen).allMatch(line -> line.endsWith("Bearer k"));
  }

  @Test
  void aLostSessionIsOpenedAgainAndTheCallMadeOnce() throws CallFailed {
    assertThat(call(CallListener.NONE)).isEqualTo("hello");
    live = "forgotten";
    assertThat(call(CallListener.NONE)).isEqualTo("hello");
    assertThat(sessions).hasValue(2);
    assertThat(calls).hasValue(2);
  }

  @Test
  void aServerThatIsDownSaysSoAndComesBack() throws CallFailed {
    call(CallListener.NONE);
    refuse = 503;
    assertThatThrownBy(() -> call(CallListener.NONE))
        .isInstanceOfSatisfying(
            CallFailed.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED))
        .hasMessageContaining("503");
    refuse = 0;
    await().atMost(LONG).until(() -> server.status().state() == State.READY);
    assertThat(call(CallListener.NONE)).isEqualTo("hello");
  }

  @Test
  void refusedAccessIsSaid() {
    refuse = 401;
    server.start();
    await().atMost(LONG).until(() -> server.status().why().contains("refused access"));
  }

  @Test
  void closingEndsTheSessionThere() throws CallFailed {
    call(CallListener.NONE);
    server.close();
    assertThat(seen.getLast()).startsWith("DELETE");
  }
}
