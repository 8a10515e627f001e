package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.sandbox.HostileSnippet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Code that means harm, sent through the whole server to the place without walls of its own while
 * another client works on; for containers see {@code DockerEscapeIT}.
 */
class HostileToolsIT {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** Generous: the suite may share its two cores. */
  private static final Duration SLACK = Duration.ofSeconds(8);

  @TempDir Path folder;

  @Test
  void everyHostileScriptEndsClearlyAndNobodyElseNotices() throws Exception {
    Path data = folder.resolve("data");
    Files.createDirectories(data);
    Files.setPosixFilePermissions(
        data, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    Files.writeString(
        data.resolve("mneme.toml"),
        "[sandbox]\nuntrusted = \"graalpy\"\nwall = \"" + LIMIT.toSeconds() + "s\"\n");
    try (ServeProcess server = ServeProcess.start(data);
        McpHttp attacker = server.client("attacker");
        McpHttp neighbour = server.client("neighbour")) {
      awaitAnswer(attacker);
      List<Double> idle = pings(neighbour, 200);

      AtomicBoolean attacking = new AtomicBoolean(true);
      List<Double> meanwhile = new ArrayList<>();
      Thread listener =
          Thread.ofVirtual()
              .start(() -> {
                while (attacking.get()) {
                  meanwhile.addAll(pings(neighbour, 20));
                }
              });
      for (HostileSnippet snippet : HostileSnippet.all()) {
        long began = System.nanoTime();
        JsonNode result = attacker.call("run_python", Map.of("code", snippet.code()));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(took).as(snippet.name()).isLessThan(LIMIT.plus(SLACK));
        if (snippet.end().mustFail()) {
          assertThat(result.path("isError").asBoolean()).as("%s: %s", snippet, result).isTrue();
          assertThat(McpHttp.text(result))
              .as(snippet.name())
              .isNotBlank()
              .doesNotContain("root:", "uid=", "\tat ");
        }
      }
      attacking.set(false);
      listener.join();

      double usual = percentile(idle, 0.99);
      assertThat(percentile(meanwhile, 0.99))
          .as("p99 of another client's calls in ms, idle %s", usual)
          .isLessThan(5 * Math.max(20, 5 * usual));
      awaitAnswer(attacker);
      assertThat(residentMegabytes(server.pid())).isLessThan(450);
    }
  }

  /** The first worker, and one after many were killed, may need longer than the limit. */
  private static void awaitAnswer(McpHttp client) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(client.done("run_python", Map.of("code", "2 + 2")).toString())
                .contains("4"));
  }

  private static List<Double> pings(McpHttp client, int count) {
    List<Double> times = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        long began = System.nanoTime();
        client.request("ping", Map.of());
        times.add((System.nanoTime() - began) / 1e6);
        Thread.sleep(5);
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return times;
  }

  private static double percentile(List<Double> values, double q) {
    return values.stream()
        .sorted()
        .skip((long) (q * (values.size() - 1)))
        .findFirst()
        .orElseThrow();
  }

  private static long residentMegabytes(long pid) throws java.io.IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
