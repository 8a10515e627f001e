package dev.mneme.mcp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
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
  private final AtomicBoolean resumed = new AtomicBoolean();
  private volatile String live = "";
  private volatile boolean streams;
  private volatile int refuse;
  private volatile Optional<CountDownLatch> asks = Optional.empty();
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
      resumed.set(resumed.get() || exchange.getRequestHeaders().containsKey("Last-Event-ID"));
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
      } else if (method.equals("POST")) {
        asks.ifPresent(CountDownLatch::countDown);
        exchange.sendResponseHeaders(202, -1);
      } else if (method.equals("tools/call")) {
        calls.incrementAndGet();
        ask(exchange);
        answer(exchange, message, "{\"content\":[{\"type\":\"text\",\"text\":\"hello\"}]}");
      } else {
        exchange.sendResponseHeaders(202, -1);
      }
    }
  }

  /** Asks the person behind the call, and waits for the answer. */
  private void ask(HttpExchange exchange) throws IOException {
    if (asks.isEmpty()) {
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    String question =
        "data:"
            + " {\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"elicitation/create\",\"params\":{\"message\":\"Sure?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}}\n\n";
    exchange.getResponseBody().write(question.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    try {
      boolean _ = asks.get().await(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
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
                + ",\"progress\":1,\"total\":2,\"message\":\"half\"}}\n\nid: 7\nretry: 10\ndata: "
                + json
                + "\n\n"
            : json;
    if (asks.isPresent()) {
      exchange.getResponseBody().write(("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
      return;
    }
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
    assertThat(resumed).as("what was answered is not fetched again").isFalse();
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
  void theTimeAPersonTakesToAnswerIsNotTheServers() throws CallFailed {
    call(CallListener.NONE);
    asks = Optional.of(new CountDownLatch(1));
    Duration time = Duration.ofSeconds(1);
    CallListener slow =
        new CallListener() {
          @Override
          public ObjectNode elicit(ObjectNode params) {
            LockSupport.parkNanos(time.multipliedBy(2).toNanos());
            return Json.mapper().createObjectNode().put("action", "decline");
          }
        };
    ObjectNode nothing = Json.mapper().createObjectNode();
    assertThat(server.call("t", nothing, time, slow).at("/content/0/text").asText())
        .isEqualTo("hello");
  }

  @Test
  void aCallThatHangsEndsInTimeAndWhenItIsInterrupted() throws Exception {
    call(CallListener.NONE);
    asks = Optional.of(new CountDownLatch(100));
    ObjectNode nothing = Json.mapper().createObjectNode();
    seen.clear();
    assertThatThrownBy(() -> server.call("t", nothing, Duration.ofMillis(300), CallListener.NONE))
        .isInstanceOfSatisfying(
            CallFailed.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    await().atMost(LONG).until(() -> told("notifications/cancelled"));

    seen.clear();
    AtomicReference<Reason> why = new AtomicReference<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                server.call("t", nothing, LONG.multipliedBy(2), CallListener.NONE);
              } catch (CallFailed e) {
                why.set(e.reason());
              }
            });
    await().atMost(LONG).until(() -> told("tools/call"));
    caller.interrupt();
    assertThat(caller.join(LONG)).isTrue();
    assertThat(why).hasValue(Reason.CANCELLED);
    await().atMost(LONG).until(() -> told("notifications/cancelled"));
  }

  private boolean told(String method) {
    return seen.stream().anyMatch(line -> line.startsWith(method));
  }

  @Test
  void closingEndsTheSessionThere() throws CallFailed {
    call(CallListener.NONE);
    server.close();
    assertThat(seen.getLast()).startsWith("DELETE");
  }
}
