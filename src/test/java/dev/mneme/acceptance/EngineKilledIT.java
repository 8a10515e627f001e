package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.launcher.Program;
import dev.mneme.launcher.TestHome;
import dev.mneme.sandbox.docker.ContainersOf;
import dev.mneme.sandbox.docker.DockerHere;
import dev.mneme.sandbox.docker.SandboxImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container engine itself is killed while calls run, and started again. Only in the long run:
 * whatever else uses the engine notices.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class EngineKilledIT {
  private static final int CALLERS = 4;

  @TempDir Path folder;

  @Test
  void callsSayWhyTheyFailedAndWorkAgainWithoutARestart() throws Exception {
    assumeThat(Boolean.getBoolean("mneme.soak")).isTrue();
    DockerHere.require(SandboxImage.PYTHON);
    var found = Dockerd.find();
    assumeThat(found).as("an engine that may be killed").isPresent();
    Dockerd engine = found.orElseThrow();
    Path data = ServeProcess.configured(folder.resolve("data"), "sandbox.untrusted = 'auto'\n");
    try (ServeProcess server = ServeProcess.start(data);
        McpHttp client = server.client("caller");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(McpHttp.text(run(client, "6 * 7"))).contains("42");
      List<Future<JsonNode>> under = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        under.add(threads.submit(() -> run(client, "import time\ntime.sleep(20)")));
      }
      TimeUnit.SECONDS.sleep(3);
      engine.kill();
      try {
        for (Future<JsonNode> one : under) {
          JsonNode failed = one.get(15, TimeUnit.SECONDS);
          assertThat(failed.path("isError").asBoolean()).as("%s", failed).isTrue();
          assertThat(McpHttp.text(failed)).contains("container engine");
        }
        long began = System.nanoTime();
        JsonNode refused = run(client, "1");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(refused.path("isError").asBoolean()).isTrue();
        assertThat(McpHttp.text(refused)).contains("no container engine answers");
        assertThat(McpHttp.text(client.call("calculator", Map.of("expression", "6 * 7"))))
            .contains("42");
      } finally {
        engine.startAgain();
      }
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> !run(client, "1").path("isError").asBoolean());
      assertNothingRanElsewhere(data);
      server.kill();
      ContainersOf its = ContainersOf.process(server.pid());
      await().atMost(Duration.ofMinutes(1)).until(() -> its.count() == 0);
    }
  }

  private static JsonNode run(McpHttp client, String code) throws Exception {
    return client.call("run_python", Map.of("code", code));
  }

  private static void assertNothingRanElsewhere(Path data) {
    try (Program calls =
        Program.start(
            TestHome.launcher(),
            "calls",
            "--tool",
            "run_python",
            "--limit",
            "1000",
            "--json",
            "--data",
            data.toString())) {
      assertThat(calls.exit()).as(calls.errors()).isZero();
      List<String> places =
          calls.rest().lines().map(line -> Json.parse(line).path("backend").asText()).toList();
      assertThat(places).contains("docker").doesNotContain("graalpy").hasSizeGreaterThan(CALLERS);
    }
  }
}
