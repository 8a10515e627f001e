package dev.mneme.sandbox.docker.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is made of the answers of engines, and of things that are none. */
@Timeout(30)
class EngineHttpTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile byte[] answer = new byte[0];
  private volatile boolean silent;
  private ServerSocket server;
  private EngineHttp http;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::serve);
    http =
        new EngineHttp(
            Endpoint.of(URI.create("tcp://127.0.0.1:" + server.getLocalPort()), Optional.empty()));
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    server.close();
  }

  @Test
  void answersOfKnownLengthInPiecesAndToTheEndAreRead() throws IOException {
    for (String text :
        List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\": 42}",
            String.join(
                "\r\n",
                "HTTP/1.1 200 OK",
                "transfer-encoding: chunked",
                "",
                "4",
                "{\"a\"",
                "5;x=y",
                ": 42}",
                "0",
                "",
                ""),
            "HTTP/1.0 200 OK\r\n\r\n{\"a\": 42}")) {
      answer = text.getBytes(ISO_8859_1);
      assertThat(get().path("a").asInt()).isEqualTo(42);
    }
    answer = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(ISO_8859_1);
    assertThat(get().isMissingNode()).isTrue();
    assertThat(asked.getFirst()).startsWith("GET /version HTTP/1.1\r\nHost: 127.0.0.1:");
  }

  @Test
  void aRefusalKeepsItsStatusAndItsWords() {
    answer =
        "HTTP/1.1 404 Not Found\r\n\r\n{\"message\":\"No such image:\\n x\"}".getBytes(ISO_8859_1);
    EngineException e = failure();
    assertThat(e.status()).isEqualTo(404);
    assertThat(e.isGone()).isTrue();
    assertThat(e).hasMessage("the container engine refused with 404: No such image: x");
  }

  @Test
  void aFullDiskComesWithWhatMakesRoom() {
    answer =
        ("HTTP/1.1 500 Internal Server Error\r\n\r\n"
                + "{\"message\":\"write /var/lib/docker/x/link: no space left on device\"}")
            .getBytes(ISO_8859_1);
    assertThat(failure())
        .hasMessageContaining("x/link: no space left on device; the engine's disk is full")
        .hasMessageContaining("docker image prune");
  }

  @Test
  void whatIsNoEngineIsSaidToBeNone() {
    for (String text :
        List.of(
            "SSH-2.0-OpenSSH_9.2\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\n\r\n<html>",
            "HTTP/1.1 200 OK\r\n" + "x: y\r\n".repeat(20_000),
            "")) {
      answer = text.getBytes(ISO_8859_1);
      assertThat(failure().status()).as(text.substring(0, Math.min(30, text.length()))).isZero();
    }
  }

  @Test
  void anEngineThatSaysNothingIsNotWaitedForForever() {
    silent = true;
    EngineException e =
        catchThrowableOfType(
            EngineException.class,
            () -> http.call("GET", "/version", Optional.empty(), Duration.ofSeconds(1)));
    assertThat(e.getMessage()).contains("did not answer within 1 s");
  }

  @Test
  void aSocketThatIsNotThereIsNamed(@TempDir Path folder) {
    try (EngineHttp nobody = new EngineHttp(new Endpoint.Unix(folder.resolve("none.sock")))) {
      EngineException e =
          catchThrowableOfType(
              EngineException.class, () -> nobody.call("GET", "/version", Optional.empty(), LIMIT));
      assertThat(e.getMessage()).contains("none.sock", "no such socket");
    }
  }

  @Test
  void stdoutIsPutTogetherFromItsPiecesAndStderrIsKeptApart() throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes("HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\n".getBytes(ISO_8859_1));
    frame(frames, 1, "{\"type\":");
    frame(frames, 2, "a warning\n");
    frame(frames, 1, "");
    frame(frames, 1, "\"hello\"}\n");
    frame(frames, 2, "e".repeat(10_000));
    answer = frames.toByteArray();
    try (Attachment attached = http.attach("x", LIMIT)) {
      assertThat(new String(attached.stdout().readAllBytes(), ISO_8859_1))
          .isEqualTo("{\"type\":\"hello\"}\n");
      assertThat(attached.stderr()).hasSize(4_000).endsWith("eee");
    }
    assertThat(asked.getLast()).contains("Upgrade: tcp", "/containers/x/attach?");
  }

  private static void frame(ByteArrayOutputStream out, int stream, String text) {
    out.writeBytes(
        new byte[] {
          (byte) stream, 0, 0, 0, 0, 0, (byte) (text.length() >> 8), (byte) text.length()
        });
    out.writeBytes(text.getBytes(ISO_8859_1));
  }

  private JsonNode get() throws EngineException {
    return http.call("GET", "/version", Optional.empty(), LIMIT);
  }

  private EngineException failure() {
    return catchThrowableOfType(EngineException.class, this::get);
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        InputStream in = socket.getInputStream();
        StringBuilder request = new StringBuilder();
        while (!request.toString().endsWith("\r\n\r\n")) {
          request.append((char) in.read());
        }
        asked.add(request.toString());
        if (silent) {
          in.read();
          continue;
        }
        OutputStream out = socket.getOutputStream();
        out.write(answer);
        out.flush();
      } catch (IOException _) {
        // The client has gone, or the test is over: the loop looks which.
      }
    }
  }
}
