package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mneme.launcher.Beside;
import dev.mneme.sandbox.docker.ContainersOf;
import dev.mneme.sandbox.docker.DockerHere;
import dev.mneme.sandbox.docker.SandboxImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed at any moment, again and again, leaves no container. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@Beside
class KilledServersIT {
  private static final int CYCLES = Soak.times(2, 100);
  private static final int LONGEST = 1_500;

  @TempDir Path folder;

  @Test
  void leaveNoContainer() throws Exception {
    DockerHere.require(SandboxImage.PYTHON);
    Path data = ServeProcess.configured(folder.resolve("data"), "sandbox.untrusted = 'docker'\n");
    Random random = new Random(7);
    List<ContainersOf> made = new ArrayList<>();
    int seen = 0;
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      try (ServeProcess server = ServeProcess.start(data);
          McpHttp client = server.client("killed")) {
        ContainersOf its = ContainersOf.process(server.pid());
        made.add(its);
        Thread.ofVirtual().start(() -> callUntilKilled(client));
        // Those of the first cycle are seen for sure; later kills also hit the making of them.
        if (cycle == 0) {
          await().atMost(Duration.ofMinutes(1)).until(() -> its.count() > 0);
        }
        Thread.sleep(random.nextInt(LONGEST));
        seen += its.count();
        server.kill();
      }
    }
    try (ServeProcess next = ServeProcess.start(data);
        McpHttp client = next.client("next")) {
      client.done("run_python", Map.of("code", "1"));
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () -> assertThat(made).allSatisfy(its -> assertThat(its.count()).isZero()));
      ContainersOf its = ContainersOf.process(next.pid());
      made.add(its);
      // At rest: what is killed between making a container and starting it leaves it to the next.
      await()
          .atMost(Duration.ofMinutes(1))
          .during(Duration.ofSeconds(2))
          .until(() -> its.count() > 0 && its.processes().stream().allMatch(count -> count > 0));
      next.kill();
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> made.getLast().count() == 0);
    System.out.printf("%d servers killed, %d containers seen%n", CYCLES, seen);
    assertThat(seen).isPositive();
  }

  private static void callUntilKilled(McpHttp client) {
    try {
      while (true) {
        client.call("run_python", Map.of("code", "sum(range(100_000))"));
      }
    } catch (IOException _) {
      // The server was killed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
