package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mneme.sandbox.EscapeCase;
import dev.mneme.sandbox.HostileSnippet;
import dev.mneme.sandbox.docker.ContainersOf;
import dev.mneme.sandbox.docker.DockerHere;
import dev.mneme.sandbox.docker.SandboxImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thirty-two clients of several owners call at once, and one call in twenty means harm: each honest
 * call gets its own answer, and nothing is left behind.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class SandboxStormIT {
  private static final int CLIENTS = 32;

  /**
   * As many as a worker keeps interpreters for: else honest calls measure how fast those are made.
   */
  private static final int OWNERS = 4;

  private static final int HARM = 20;
  private static final Duration SOON = Duration.ofMinutes(1);

  /** What the heap may hold more of at the end than after a quarter of the calls, in megabytes. */
  private static final long GROWTH = 24;

  @TempDir Path folder;

  @Test
  void withContainers() throws Exception {
    DockerHere.require(SandboxImage.PYTHON);
    List<String> codes = EscapeCase.all().stream().map(EscapeCase::code).toList();
    storm("docker", Soak.times(256, 10_000), codes, true);
  }

  /** Here all untrusted calls mean harm: each costs an interpreter, every twentieth a process. */
  @Test
  void withGraalPy() throws Exception {
    List<String> codes = HostileSnippet.all().stream().map(HostileSnippet::code).toList();
    storm("graalpy", Soak.times(128, 10_000), codes, false);
  }

  private void storm(String place, int calls, List<String> codes, boolean scripts)
      throws Exception {
    Path data = ServeProcess.configured(folder.resolve(place), configuration(place));
    try (ServeProcess server = ServeProcess.start(Map.of("MNEME_AUTH_KEYS", keys()), data)) {
      List<McpHttp> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(McpHttp.open(server.url(), "client-" + i, Optional.of(key(i % OWNERS))));
      }
      // A cold start is measured elsewhere.
      for (McpHttp client : clients.subList(0, OWNERS)) {
        client.done("calculator", Map.of("expression", "1 + 1"));
      }
      AtomicInteger harm = new AtomicInteger();
      long began = System.nanoTime();
      round(clients, calls / 4 / CLIENTS, codes, scripts, 0, harm);
      ServerMemory before = ServerMemory.of(server.pid());
      round(clients, calls * 3 / 4 / CLIENTS, codes, scripts, 1, harm);
      ServerMemory after = ServerMemory.of(server.pid());
      System.out.printf(
          "%s: %d calls, %d of them harmful, in %d s; memory %s, then %s%n",
          place, calls, harm.get(), (System.nanoTime() - began) / 1_000_000_000, before, after);
      assertThat(after.live() - before.live()).as("%s, %s", before, after).isLessThan(GROWTH);
      clients.forEach(McpHttp::close);
      assertNothingIsLeft(server, scripts);
    }
  }

  private static void round(
      List<McpHttp> clients,
      int each,
      List<String> codes,
      boolean scripts,
      int seed,
      AtomicInteger harm)
      throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < clients.size(); i++) {
        McpHttp client = clients.get(i);
        Random random = new Random(seed * 1_000L + i);
        int offset = i;
        all.add(
            threads.submit(() -> {
              for (int n = 0; n < each; n++) {
                boolean harmful = (n + offset) % HARM == 0;
                StormCall call =
                    harmful ? StormCall.hostile(random, codes) : StormCall.honest(random, scripts);
                harm.addAndGet(harmful ? 1 : 0);
                call.check(client.call(call.tool(), call.arguments()));
              }
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  /** While it still serves, only what stands ready is there; once it is killed, nothing. */
  private static void assertNothingIsLeft(ServeProcess server, boolean containers)
      throws InterruptedException {
    ContainersOf its = ContainersOf.process(server.pid());
    if (containers) {
      // Process 1, the supervisor, and the one that waits for the next call.
      await()
          .atMost(SOON)
          .until(() -> its.processes().stream().allMatch(Integer.valueOf(3)::equals));
      assertThat(its.count()).isBetween(1, 34);
    }
    List<ProcessHandle> workers =
        ProcessHandle.of(server.pid()).orElseThrow().descendants().toList();
    server.kill();
    await().atMost(SOON).until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
    if (containers) {
      await().atMost(SOON).until(() -> its.count() == 0);
    }
  }

  private static String configuration(String place) {
    return """
    [sandbox]
    untrusted = "%s"
    wall = "30s"
    cpu = "3s"
    """
        .formatted(place);
  }

  private static String keys() {
    return IntStream.range(0, OWNERS)
        .mapToObj(i -> "owner" + i + ":" + key(i))
        .collect(Collectors.joining(","));
  }

  private static String key(int owner) {
    return "key-of-owner-number-" + owner;
  }
}
