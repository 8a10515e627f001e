package dev.mneme.sandbox.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.tool.Budget;
import dev.mneme.tool.Caller;
import dev.mneme.tool.Grants;
import dev.mneme.tool.MemoryUse;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolCode;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpAskTest {
  private final Outside outside = new Outside();
  private final HttpAsk http = new HttpAsk(outside);
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private String here;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    here = "127.0.0.1:" + server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = exchange.getRequestBody().readAllBytes();
          String path = exchange.getRequestURI().getPath();
          byte[] answer =
              switch (path) {
                case "/bytes" -> new byte[] {(byte) 0xff, 0, 1};
                case "/large" -> new byte[2_000_000];
                default ->
                    (exchange.getRequestMethod()
                            + " "
                            + exchange.getRequestHeaders().getFirst("X-Key")
                            + " "
                            + exchange.getRequestHeaders().getFirst("Content-Type")
                            + " "
                            + new String(body, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8);
              };
          if (path.equals("/away")) {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/secret");
          }
          exchange.sendResponseHeaders(path.equals("/away") ? 302 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    outside.close();
  }

  @Test
  void aGrantedHostIsReached() {
    JsonNode got = ask("GET", "http://" + here + "/x", "{\"X-Key\":\"k\"}", "");
    assertThat(got.path("status").asInt()).isEqualTo(200);
    assertThat(got.path("body").asText()).startsWith("GET k");
    JsonNode posted =
        ask(
            "POST",
            "http://" + here + "/x",
            "{\"Content-Type\":\"application/json\"}",
            ",\"body\":\"{}\"");
    assertThat(posted.path("body").asText()).isEqualTo("POST null application/json {}");
  }

  @Test
  void bytesComeBackAsBase64() {
    assertThat(ask("GET", "http://" + here + "/bytes", "{}", "").path("body_base64").asText())
        .isEqualTo("/wAB");
  }

  @Test
  void otherHostsPortsSchemesAndTricksAreRefusedBeforeAnythingIsSent() {
    int port = server.getAddress().getPort();
    for (String url :
        List.of(
            "http://127.0.0.1:" + (port == 1 ? 2 : 1) + "/",
            "http://127.0.0.2:" + port + "/",
            "http://localhost:" + port + "/",
            "http://169.254.169.254/latest/meta-data",
            "http://2130706433:" + port + "/",
            "http://example.com@" + here + "/",
            "file:///etc/passwd",
            "gopher://" + here + "/",
            "http://[::ffff:127.0.0.1]:" + port + "/",
            "not a url")) {
      assertThatExceptionOfType(MnemeException.class)
          .as(url)
          .isThrownBy(() -> ask("GET", url, "{}", ""));
    }
    assertThat(asked).hasValue(0);
  }

  @Test
  void aRedirectIsAnAnswerAndNotFollowed() {
    JsonNode answer = ask("GET", "http://" + here + "/away", "{}", "");
    assertThat(answer.path("status").asInt()).isEqualTo(302);
    assertThat(answer.at("/headers/location").asText()).isEqualTo("http://127.0.0.1:1/secret");
  }

  @Test
  void headersThatWouldMakeItAnotherRequestAreRefused() {
    for (String headers :
        List.of(
            "{\"Host\":\"evil.test\"}",
            "{\"Transfer-Encoding\":\"chunked\"}",
            "{\"A\":\"b\\r\\nHost: evil.test\"}",
            "{\"A B\":\"c\"}")) {
      assertThatExceptionOfType(MnemeException.class)
          .as(headers)
          .isThrownBy(() -> ask("GET", "http://" + here + "/x", headers, ""))
          .returns("invalid_header", MnemeException::code);
    }
    assertThat(asked).hasValue(0);
  }

  @Test
  void aLargeAnswerIsALimitError() {
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> ask("GET", "http://" + here + "/large", "{}", ""))
        .returns("response_too_large", MnemeException::code);
  }

  @Test
  void theBudgetOfACallEnds() {
    HostBridge bridge = new HostBridge(Map.of("http", http));
    ToolCall call = call(List.of(here), new Budget(2, 10_000));
    String payload = Json.write(payload("GET", "http://" + here + "/x", "{}", ""));
    bridge.answer(new HostCalls.Request(call, "http", payload));
    bridge.answer(new HostCalls.Request(call, "http", payload));
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> bridge.answer(new HostCalls.Request(call, "http", payload)))
        .returns("bridge_requests", MnemeException::code);
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> bridge.answer(new HostCalls.Request(call, "approve", payload)))
        .returns("bridge_unavailable", MnemeException::code);
    assertThat(call.grants().budget().bytes()).isPositive();
  }

  @Test
  void withoutGrantsThereIsNoSecretToolOrMemory() {
    ToolCall call = call(List.of(), new Budget(9, 9_000));
    JsonNode payload =
        Json.parse("{\"name\":\"KEY\",\"arguments\":{},\"text\":\"x\",\"label\":\"human\"}");
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> new SecretAsk().answer(call, payload))
        .returns("secret_not_granted", MnemeException::code);
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() ->
            new ToolAsk(
                    (caller, name, arguments) -> {
                      throw new AssertionError("a tool was called");
                    })
                .answer(call, payload))
        .returns("tools_not_granted", MnemeException::code);
  }

  private JsonNode ask(String method, String url, String headers, String more) {
    return http.answer(
        call(List.of(here), new Budget(100, 10_000_000)), payload(method, url, headers, more));
  }

  private static ObjectNode payload(String method, String url, String headers, String more) {
    return (ObjectNode)
        Json.parse(
            "{\"method\":\"%s\",\"url\":\"%s\",\"headers\":%s%s}"
                .formatted(method, url, headers, more));
  }

  private static ToolCall call(List<String> hosts, Budget budget) {
    return new ToolCall(
            Caller.of(Owner.DEFAULT),
            ToolCode.of("t.py", "x", Trust.UNTRUSTED),
            Optional.empty(),
            Json.mapper().createObjectNode(),
            ToolLimits.DEFAULT,
            ToolListener.NONE)
        .granted(new Grants(false, hosts, Map.of(), MemoryUse.NONE, false, budget));
  }
}
