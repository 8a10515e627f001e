package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.launcher.Beside;
import dev.mneme.launcher.Program;
import dev.mneme.launcher.TestHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed in the midst of edits, again and again. */
@Beside
class StormIT {
  private static final int CLIENTS = 4;
  private static final int CYCLES = Soak.times(3, 20);

  @TempDir Path folder;

  /** What one client wrote: what was acknowledged, and what was under way when the server died. */
  private static final class Writer {
    final String label;
    final List<String> passages = new ArrayList<>();
    String acknowledged = "";
    String attempted = "";
    int count;

    Writer(int number) {
      this.label = "storm-" + number;
    }

    void write(McpHttp client, CountDownLatch started) throws InterruptedException {
      try {
        while (true) {
          attempted = label + " edit " + ++count;
          client.done("memory_rethink", Map.of("label", label, "new_memory", attempted));
          acknowledged = attempted;
          String passage = "passage" + count + "of" + label.replace("-", "");
          client.done("archival_insert", Map.of("content", "The word is " + passage + "."));
          passages.add(passage);
          started.countDown();
        }
      } catch (IOException _) {
        // The server was killed.
      }
    }
  }

  @Test
  void everyAcknowledgedWriteSurvivesKillsInMidStorm() throws Exception {
    Path data = folder.resolve("data");
    List<Writer> writers = new ArrayList<>();
    try (ServeProcess server = ServeProcess.start(data);
        McpHttp client = server.client("setup")) {
      for (int i = 0; i < CLIENTS; i++) {
        Writer writer = new Writer(i);
        client.done(
            "memory",
            Map.of(
                "command", "create", "path", "/memories/" + writer.label, "description", "storm"));
        writers.add(writer);
      }
    }
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      storm(data, writers, 300 + cycle * 37L);
      try (ServeProcess server = ServeProcess.start(data);
          McpHttp client = server.client("checker")) {
        for (Writer writer : writers) {
          check(client, writer);
        }
      }
    }
    assertThat(writers).allSatisfy(writer -> assertThat(writer.passages).isNotEmpty());
    try (Program doctor =
        Program.start(TestHome.launcher(), "doctor", "--verify", "--data", data.toString())) {
      assertThat(doctor.finish()).as(doctor.errors()).isZero();
    }
  }

  private static void storm(Path data, List<Writer> writers, long milliseconds) throws Exception {
    CountDownLatch started = new CountDownLatch(CLIENTS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ServeProcess server = ServeProcess.start(data)) {
      List<Future<?>> running = new ArrayList<>();
      List<McpHttp> clients = new ArrayList<>();
      for (Writer writer : writers) {
        McpHttp client = server.client(writer.label);
        clients.add(client);
        running.add(
            threads.submit(() -> {
              writer.write(client, started);
              return null;
            }));
      }
      assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
      Thread.sleep(milliseconds);
      server.kill();
      for (Future<?> one : running) {
        one.get(60, TimeUnit.SECONDS);
      }
      clients.forEach(McpHttp::close);
    }
  }

  private static void check(McpHttp client, Writer writer) throws Exception {
    String text = McpHttp.text(client.call("memory_view", Map.of("label", writer.label)));
    assertThat(text)
        .as("the last acknowledged edit, or the one under way")
        .containsAnyOf(writer.acknowledged, writer.attempted);
    String last = writer.passages.getLast();
    assertThat(McpHttp.text(client.call("archival_search", Map.of("query", last))))
        .as("search finds the last passage")
        .contains(last);
    for (int i = 0; i < writer.passages.size(); i += 1 + writer.passages.size() / 20) {
      String passage = writer.passages.get(i);
      assertThat(McpHttp.text(client.call("archival_search", Map.of("query", passage))))
          .contains(passage);
    }
  }
}
