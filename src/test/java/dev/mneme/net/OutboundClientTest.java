package dev.mneme.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboundClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private HttpServer elsewhere;

  @BeforeEach
  void startServers() throws IOException {
    server = server();
    elsewhere = server();
  }

  @AfterEach
  void stopServers() {
    server.stop(0);
    elsewhere.stop(0);
    threads.shutdownNow();
  }

  private HttpServer server() throws IOException {
    HttpServer made = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    made.setExecutor(threads);
    made.createContext("/", this::answer);
    made.start();
    return made;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.add(exchange.getRequestMethod() + " " + path + " " + key + " " + body);
    String query = exchange.getRequestURI().getQuery();
    switch (path) {
      case "/redirect" -> redirect(exchange, 302, query);
      case "/keep" -> redirect(exchange, 307, query);
      case "/loop" -> redirect(exchange, 302, "/loop");
      case "/big" -> send(exchange, "x".repeat(100_000));
      case "/slow" -> trickle(exchange);
      case "/silent" -> LockSupport.parkNanos(Duration.ofSeconds(30).toNanos());
      default -> send(exchange, "hello");
    }
  }

  private static void redirect(HttpExchange exchange, int status, String target)
      throws IOException {
    exchange.getResponseHeaders().add("Location", target);
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static void send(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void trickle(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    for (int i = 0; i < 300; i++) {
      exchange.getResponseBody().write('x');
      exchange.getResponseBody().flush();
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    exchange.close();
  }

  private URI at(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  private URI atElsewhere(String path) {
    return URI.create("http://localhost:" + elsewhere.getAddress().getPort() + path);
  }

  private static OutboundClient client(String... named) {
    return new OutboundClient(
        new NetPolicy(Set.of(named), Duration.ofSeconds(5)), _ -> List.of(LOOPBACK));
  }

  private static void refused(OutboundClient client, OutboundRequest request, String code) {
    assertThatThrownBy(
            () -> {
              try (OutboundResponse response = client.send(request)) {
                response.bytes();
              }
            })
        .isInstanceOfSatisfying(MnemeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aPrivateHostIsReachedOnlyWhenTheOperatorNamesIt() {
    try (OutboundClient open = client("localhost");
        OutboundClient byPort = client("localhost:" + server.getAddress().getPort());
        OutboundClient closed = client("example.org")) {
      for (OutboundClient client : List.of(open, byPort)) {
        try (OutboundResponse response = client.send(OutboundRequest.get(at("/a")))) {
          assertThat(response.status()).isEqualTo(200);
          assertThat(response.text()).isEqualTo("hello");
        }
      }
      refused(byPort, OutboundRequest.get(atElsewhere("/a")), "host_refused");
      refused(closed, OutboundRequest.get(at("/a")), "host_refused");
    }
    assertThat(seen).hasSize(2);
  }

  @Test
  void literalAddressesAndOddSpellingsGainNothing() {
    try (OutboundClient client =
        new OutboundClient(new NetPolicy(Set.of(), Duration.ofSeconds(5)))) {
      int port = server.getAddress().getPort();
      for (String host :
          List.of("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "localhost", "127.1")) {
        assertThatThrownBy(
                () -> client.send(OutboundRequest.get(URI.create("http://" + host + ":" + port))))
            .as(host)
            .isInstanceOf(MnemeException.class);
      }
      for (String url :
          List.of("file:///etc/passwd", "ftp://example.org/", "http:///x", "http://u:p@h/", "x")) {
        refused(client, OutboundRequest.get(URI.create(url)), "invalid_url");
      }
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void aNameThatChangesItsAddressIsCheckedForEachConnection() {
    AtomicInteger asked = new AtomicInteger();
    NameLookup rebinding =
        _ -> List.of(asked.getAndIncrement() == 0 ? InetAddress.ofLiteral("192.0.2.1") : LOOPBACK);
    NameLookup mixed = _ -> List.of(InetAddress.ofLiteral("1.1.1.1"), LOOPBACK);
    NameLookup unknown =
        host -> {
          throw new UnknownHostException(host);
        };
    NetPolicy policy = new NetPolicy(Set.of(), Duration.ofSeconds(5));
    OutboundRequest request = OutboundRequest.get(at("/a"));
    try (OutboundClient client = new OutboundClient(policy, rebinding)) {
      refused(client, request, "host_refused");
      refused(client, request, "host_refused");
      assertThat(asked.get()).isEqualTo(2);
    }
    try (OutboundClient client = new OutboundClient(policy, mixed)) {
      refused(client, request, "host_refused");
    }
    try (OutboundClient client = new OutboundClient(policy, unknown)) {
      refused(client, request, "host_unknown");
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void redirectsObeyTheSameRules() {
    int port = server.getAddress().getPort();
    try (OutboundClient client = client("localhost:" + port)) {
      try (OutboundResponse response = client.send(OutboundRequest.get(at("/redirect?/b")))) {
        assertThat(response.text()).isEqualTo("hello");
        assertThat(response.uri()).isEqualTo(at("/b"));
      }
      refused(client, OutboundRequest.get(at("/loop")), "redirect_refused");
      assertThat(seen.stream().filter(s -> s.contains("/loop"))).hasSize(6);
      refused(client, OutboundRequest.get(at("/redirect?" + atElsewhere("/b"))), "host_refused");
      refused(client, OutboundRequest.get(at("/redirect?file:///etc/passwd")), "invalid_url");
    }
  }

  @Test
  void aKeyStaysWithTheUrlItWasStoredWith() {
    try (OutboundClient client = client("localhost")) {
      Credential key = Credential.bearer("sk-1", at("/v1"));
      send(client, OutboundRequest.get(at("/a")).with(key));
      send(client, OutboundRequest.get(at("/redirect?" + atElsewhere("/b"))).with(key));
      send(client, OutboundRequest.get(atElsewhere("/c")).with(key));
      assertThat(seen)
          .containsExactly(
              "GET /a Bearer sk-1 ", "GET /redirect Bearer sk-1 ", "GET /b null ", "GET /c null ");
      assertThat(key).asString().doesNotContain("sk-1");
    }
    NameLookup far = _ -> List.of(InetAddress.ofLiteral("1.1.1.1"));
    try (OutboundClient client = new OutboundClient(NetPolicy.PUBLIC_ONLY, far)) {
      URI plain = URI.create("http://example.org/");
      refused(
          client, OutboundRequest.get(plain).with(Credential.bearer("k", plain)), "key_refused");
    }
  }

  @Test
  void contentIsNotCarriedToAnotherHost() {
    OutboundBody body = OutboundBody.json("{}");
    try (OutboundClient client = client("localhost")) {
      send(client, OutboundRequest.post(at("/keep?/b"), body));
      send(client, OutboundRequest.post(at("/redirect?/c"), body));
      refused(
          client, OutboundRequest.post(at("/keep?" + atElsewhere("/d")), body), "redirect_refused");
      assertThat(seen)
          .containsExactly(
              "POST /keep null {}",
              "POST /b null {}",
              "POST /redirect null {}",
              "GET /c null ",
              "POST /keep null {}");
    }
  }

  @Test
  void anAnswerIsBoundedInSizeAndTime() {
    try (OutboundClient client = client("localhost")) {
      refused(
          client,
          OutboundRequest.get(at("/big")).within(Duration.ofSeconds(20), 99_999),
          "response_too_large");
      long start = System.nanoTime();
      for (String path : List.of("/slow", "/silent")) {
        refused(
            client,
            OutboundRequest.get(at(path)).within(Duration.ofMillis(500), 1_000_000),
            "request_timeout");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void whoWaitsElsewhereCanEndAnExchange() throws Exception {
    try (OutboundClient client = client("localhost")) {
      for (String path : List.of("/slow", "/silent")) {
        Exchange exchange = new Exchange();
        Future<?> waits =
            threads.submit(() -> {
              try (OutboundResponse response =
                  client.send(OutboundRequest.get(at(path)), exchange)) {
                response.bytes();
              }
            });
        await().atMost(LONG).until(() -> seen.stream().anyMatch(s -> s.contains(path)));
        exchange.cancel();
        assertThat(waits.state()).isNotEqualTo(Future.State.SUCCESS);
        await().atMost(LONG).until(() -> waits.state() == Future.State.FAILED);
        assertThat(exchange.pause(LONG)).isFalse();
        assertThatThrownBy(() -> client.send(OutboundRequest.get(at("/a")), exchange))
            .isInstanceOf(MnemeException.class);
      }
    }
  }

  @Test
  void anExchangeMayBeGivenMoreTime() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    Exchange exchange =
        new Exchange(() -> asked.incrementAndGet() < 3 ? Duration.ofMillis(300) : Duration.ZERO);
    OutboundRequest request =
        OutboundRequest.get(at("/slow")).within(Duration.ofMillis(300), 1_000_000);
    try (OutboundClient client = client("localhost");
        OutboundResponse response = client.send(request, exchange)) {
      assertThatThrownBy(response::bytes)
          .isInstanceOfSatisfying(
              MnemeException.class, e -> assertThat(e.code()).isEqualTo("request_timeout"));
    }
    assertThat(asked).hasValue(3);
    assertThat(new Exchange().pause(Duration.ofMillis(1))).isTrue();
  }

  @Test
  void whatIsNotThereIsSaidSo() {
    server.stop(0);
    try (OutboundClient client = client("localhost")) {
      refused(client, OutboundRequest.get(at("/a")), "host_unreachable");
      OutboundRequest plain = OutboundRequest.get(at("/a"));
      assertThat(plain.withHeaders(Map.of("A", "b")).headers()).containsEntry("A", "b");
    }
  }

  private static void send(OutboundClient client, OutboundRequest request) {
    try (OutboundResponse response = client.send(request)) {
      assertThat(response.successful()).isTrue();
      assertThat(response.text()).isEqualTo("hello");
    }
  }
}
