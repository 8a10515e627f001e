package dev.mneme.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.MnemeException;
import io.javalin.config.JavalinConfig;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets: what the guard turns away reaches neither a route nor a servlet. */
class GuardTest {
  private static final int MAX_BODY = 64 << 10;

  private final AtomicInteger reached = new AtomicInteger();
  private HttpServer server;
  private int port;

  @BeforeEach
  void start() {
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            Set.of("mneme.example.org"),
            Set.of("https://app.example.org"),
            MAX_BODY);
    server = HttpServer.start(settings, List.of(new Counting()));
    port = server.port();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aBodyThatEndsTooEarlyIsTheSendersMistake() throws IOException {
    String chunked = "Transfer-Encoding: chunked\r\n\r\nzz\r\n";
    for (String rest : List.of("Content-Length: 100\r\n\r\n{\"label\"", chunked)) {
      String answer =
          RawHttp.sendAndClose(
              port,
              "POST /route HTTP/1.1\r\nHost: localhost:"
                  + port
                  + "\r\nContent-Type: application/json\r\n"
                  + rest);
      assertThat(RawHttp.status(answer)).as(answer).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/route", "/servlet"})
  void aPlainRequestFromThisMachineIsServed(String path) throws IOException {
    String answer = post(path, "", "application/json", "{}");
    assertThat(RawHttp.status(answer)).isEqualTo(200);
    assertThat(answer).contains("X-Content-Type-Options: nosniff");
    assertThat(reached).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/route", "/servlet", "/nothing"})
  void aCrossOriginTextPostChangesNothing(String path) throws IOException {
    refused(403, post(path, "Origin: https://evil.example\r\n", "text/plain", "{}"));
    refused(415, post(path, "", "text/plain", "{}"));
    refused(415, post(path, "", "application/x-www-form-urlencoded", "a=1"));
    refused(415, post(path, "", "application/json; charset=utf-16", "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/route", "/servlet"})
  void multipartIsForRoutesThatSaySo(String path) throws IOException {
    refused(415, post(path, "", "multipart/form-data; boundary=x", "--x--"));
    assertThat(RawHttp.status(post("/upload", "", "multipart/form-data; boundary=x", "--x--")))
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "null",
        "https://app.example.org.evil.example",
        "https://app.example.org:8443",
        "http://app.example.org",
        "HTTPS://app.example.org",
        "http://localhost",
        "http://localhost:1",
        "file://",
        ""
      })
  void aForeignOriginIsRefused(String origin) throws IOException {
    refused(403, post("/servlet", "Origin: " + origin + "\r\n", "application/json", "{}"));
    refused(
        403,
        RawHttp.send(
            port,
            "GET /servlet HTTP/1.1\r\nHost: localhost:"
                + port
                + "\r\nOrigin: "
                + origin
                + "\r\nConnection: close\r\n\r\n"));
  }

  @Test
  void theOwnOriginIsAllowedWithoutCors() throws IOException {
    String answer =
        post("/route", "Origin: http://localhost:" + port + "\r\n", "application/json", "{}");
    assertThat(RawHttp.status(answer)).isEqualTo(200);
    assertThat(answer).doesNotContain("Access-Control-Allow-Origin");
  }

  @Test
  void aConfiguredOriginGetsCors() throws IOException {
    String origin = "Origin: https://app.example.org\r\n";
    assertThat(post("/route", origin, "application/json", "{}"))
        .contains("Access-Control-Allow-Origin: https://app.example.org");
    String preflight =
        RawHttp.send(
            port,
            "OPTIONS /route HTTP/1.1\r\nHost: localhost:"
                + port
                + "\r\n"
                + origin
                + "Access-Control-Request-Method: POST\r\nConnection: close\r\n\r\n");
    assertThat(RawHttp.status(preflight)).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:PORT",
        "localhost",
        "localhost:1",
        "localhost.evil.example:PORT",
        "127.0.0.1.evil.example:PORT",
        "mneme.example.org:1",
        "[::2]:PORT"
      })
  void aReboundHostIsRefused(String host) throws IOException {
    refused(403, get(host.replace("PORT", Integer.toString(port))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:PORT",
        "LOCALHOST:PORT",
        "127.0.0.1:PORT",
        "[::1]:PORT",
        "mneme.example.org",
        "mneme.example.org:PORT"
      })
  void ownAndConfiguredHostsAreServed(String host) throws IOException {
    assertThat(RawHttp.status(get(host.replace("PORT", Integer.toString(port))))).isEqualTo(200);
  }

  @Test
  void aMissingOrDoubleHostIsRefused() throws IOException {
    refused(400, RawHttp.send(port, "GET /servlet HTTP/1.0\r\n\r\n"));
    refused(400, RawHttp.send(port, "GET /servlet HTTP/1.1\r\nConnection: close\r\n\r\n"));
    refused(
        400,
        RawHttp.send(
            port,
            "GET /servlet HTTP/1.1\r\nHost: localhost:"
                + port
                + "\r\nHost: evil.example\r\nConnection: close\r\n\r\n"));
  }

  @Test
  void hugeHeadersAreRefusedInJson() throws IOException {
    String answer =
        RawHttp.send(
            port,
            "GET /servlet HTTP/1.1\r\nHost: localhost:"
                + port
                + "\r\nX-Big: "
                + "a".repeat(40_000)
                + "\r\nConnection: close\r\n\r\n");
    refused(431, answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/route", "/servlet"})
  void anOversizeBodyIsRefusedWhetherDeclaredOrChunked(String path) throws IOException {
    refused(413, post(path, "", "application/json", "x".repeat(MAX_BODY + 1)));
    String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost:"
            + port
            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
            + "Connection: close\r\n\r\n";
    refused(413, RawHttp.send(port, head + chunk.repeat(3) + "0\r\n\r\n"));
  }

  @Test
  void unknownAddressesAndMethodsAnswerInJson() throws IOException {
    assertThat(RawHttp.send(port, "GET /nothing HTTP/1.1\r\n" + closing()))
        .contains(" 404 ")
        .contains("{\"code\":");
    assertThat(RawHttp.send(port, "DELETE /route HTTP/1.1\r\n" + closing()))
        .contains(" 405 ")
        .contains("{\"code\":");
  }

  @Test
  void aDefectIsLoggedAndNotShown() throws IOException {
    String answer = RawHttp.send(port, "GET /broken HTTP/1.1\r\n" + closing());
    assertThat(answer).contains(" 500 ").contains("\"internal\"").doesNotContain("secret detail");
  }

  @Test
  void aTakenPortIsSaidWithWhatToDo() {
    assertThatThrownBy(() -> HttpServer.start(HttpSettings.loopback(port), List.of()))
        .isInstanceOf(MnemeException.class)
        .hasMessageContaining("another program has this port")
        .hasMessageContaining("--port");
  }

  private void refused(int status, String answer) {
    assertThat(RawHttp.status(answer)).as(answer).isEqualTo(status);
    assertThat(answer).doesNotContain("\tat ").doesNotContain("<html");
    assertThat(reached).hasValue(0);
  }

  private String closing() {
    return "Host: localhost:" + port + "\r\nConnection: close\r\n\r\n";
  }

  private String get(String host) throws IOException {
    return RawHttp.send(
        port, "GET /servlet HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  private String post(String path, String headers, String type, String body) throws IOException {
    return RawHttp.send(
        port,
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost:"
            + port
            + "\r\n"
            + headers
            + "Content-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length()
            + "\r\nConnection: close\r\n\r\n"
            + body);
  }

  private final class Counting implements Routes {
    @Override
    public void addTo(JavalinConfig config) {
      config.routes.post(
          "/route",
          context -> {
            String body = context.body();
            reached.incrementAndGet();
            context.result(Integer.toString(body.length()));
          });
      config.routes.post("/upload", context -> context.result("taken"));
      config.routes.get(
          "/broken",
          context -> {
            throw new IllegalStateException("secret detail");
          });
      config.jetty.modifyServletContextHandler(
          context -> context.addServlet(new ServletHolder(new CountingServlet()), "/servlet"));
    }

    @Override
    public Set<String> multipartPaths() {
      return Set.of("/upload");
    }
  }

  private final class CountingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        request.getInputStream().readAllBytes();
      } catch (BodyTooLargeException e) {
        response.sendError(413);
        return;
      }
      reached.incrementAndGet();
      response.getWriter().write("ok");
    }
  }
}
