package dev.mneme.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that go while they wait, and such that only look like it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DeparturesTest {
  private final Departures departures = new Departures();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final CountDownLatch enough = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() {
    Routes routes =
        config -> {
          config.routes.get("/quick", context -> context.result("quick"));
          config.routes.get(
              "/long",
              context -> {
                Optional<String> answer = departures.whileThere(context.req(), this::work);
                ends.add(answer.orElse("gone"));
                context.result(answer.orElse(""));
              });
        };
    server = HttpServer.start(HttpSettings.loopback(0), List.of(routes));
  }

  private String work() {
    begun.add("begun");
    try {
      return enough.await(60, TimeUnit.SECONDS) ? "done" : "timeout";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Socket ask(String... paths) throws IOException {
    Socket socket = new Socket("localhost", server.port());
    for (String path : paths) {
      send(socket, path);
    }
    return socket;
  }

  private void send(Socket socket, String path) throws IOException {
    String head = "GET " + path + " HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatAClientWaitedForEndsWhenItGoes() throws Exception {
    try (Socket stays = ask("/long")) {
      Socket goes = ask("/long");
      assertThat(begun.poll(30, TimeUnit.SECONDS)).isNotNull();
      assertThat(begun.poll(30, TimeUnit.SECONDS)).isNotNull();
      goes.close();
      assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo("gone");
      enough.countDown();
      assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo("done");
      byte[] head = stays.getInputStream().readNBytes(12);
      assertThat(new String(head, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
    }
  }

  @Test
  void aConnectionThatWasUsedBeforeIsWatchedToo() throws Exception {
    Socket goes = ask("/quick");
    assertThat(goes.getInputStream().read()).isPositive();
    send(goes, "/long");
    assertThat(begun.poll(30, TimeUnit.SECONDS)).isNotNull();
    goes.close();
    // Bytes of the first answer that were not read make this end a reset, not a plain one.
    assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo("gone");
  }

  @Test
  void whoHasSentTheirNextRequestAlreadyHasNotGone() throws Exception {
    try (Socket eager = ask("/long", "/quick")) {
      assertThat(begun.poll(30, TimeUnit.SECONDS)).isNotNull();
      // Longer than several looks at the connection.
      assertThat(ends.poll(3, TimeUnit.SECONDS)).isNull();
      enough.countDown();
      assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo("done");
      String answers = "";
      while (!answers.contains("quick")) {
        answers += (char) eager.getInputStream().read();
      }
      assertThat(answers).contains("done");
    }
  }
}
