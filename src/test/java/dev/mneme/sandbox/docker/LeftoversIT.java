package dev.mneme.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.ToolCalls;
import dev.mneme.sandbox.WorkerConnection;
import dev.mneme.sandbox.docker.wire.Containers;
import dev.mneme.sandbox.docker.wire.EngineHttp;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to the server, no container is left, and nobody else's is touched. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LeftoversIT {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final int CYCLES = 4;

  private final String folder = "folder-" + UUID.randomUUID();
  private EngineHttp http;
  private Containers containers;

  @BeforeEach
  void open() throws IOException {
    DockerHere.require();
    TestingDocker.images().image();
    http = new EngineHttp(TestingDocker.ENGINE);
    containers = new Containers(http);
  }

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void closingLeavesNoContainer() throws IOException {
    try (DockerSandbox sandbox = TestingDocker.sandbox(folder, HostCalls.DENIED)) {
      assertThat(sandbox.call(ToolCalls.script(Trust.UNTRUSTED, "1"))).isInstanceOf(Success.class);
      assertThat(mine()).isNotEmpty();
    }
    await().atMost(SOON).until(() -> mine().isEmpty());
  }

  /** One that was created and not yet started runs nothing, and goes when the next server comes. */
  @Test
  void aServerThatIsKilledLeavesNothingRunningAndNothingForTheNext() throws Exception {
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      Process server = server(cycle % 2 == 0 ? "1" : "while True: pass");
      await().atMost(SOON).until(() -> !mine().isEmpty());
      Thread.sleep(cycle * 150L);
      server.destroyForcibly().waitFor();
    }
    await().atMost(SOON).until(() -> running().isEmpty());
    try (DockerSandbox next = TestingDocker.sandbox(folder, HostCalls.DENIED)) {
      next.call(ToolCalls.script(Trust.UNTRUSTED, "1"));
    }
    await().atMost(SOON).until(() -> mine().isEmpty());
  }

  @Test
  void whatADeadProcessLeftIsSweptAndNothingElse() throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      Marks own = TestingDocker.marks(folder);
      String dead = container(own, Map.of("dev.mneme.pid", "1", "dev.mneme.born", "5"));
      ProcessHandle alive = other.toHandle();
      String neighbours =
          container(
              own,
              Map.of(
                  "dev.mneme.pid", Long.toString(alive.pid()),
                  "dev.mneme.born",
                      Long.toString(alive.info().startInstant().orElseThrow().toEpochMilli()),
                  "dev.mneme.pool", "another"));
      String elsewhere =
          container(own, Map.of("dev.mneme.machine", "another", "dev.mneme.pool", "another"));
      String stranger =
          container(own, Map.of("dev.mneme.folder", folder + "x", "dev.mneme.pid", "1"));
      try (Yard yard = new Yard(containers, TestingDocker.marks(folder))) {
        assertThat(yard.sweep()).isEqualTo(1);
      }
      assertThat(mine()).containsExactlyInAnyOrder(neighbours, elsewhere).doesNotContain(dead);
      assertThat(containers.inspect(stranger).path("Id").asText()).isEqualTo(stranger);
      for (String id : List.of(neighbours, elsewhere, stranger)) {
        containers.remove(id);
      }
    } finally {
      other.destroyForcibly();
    }
  }

  /** The engine tells of a container before it tells its maker. */
  @Test
  void aSweepTakesNoContainerThatIsBeingMade() throws Exception {
    Marks marks = TestingDocker.marks(folder);
    try (Yard yard = new Yard(containers, marks)) {
      DockerWorkers workers =
          new DockerWorkers(
              yard,
              marks,
              TestingDocker.settings(folder),
              TestingDocker.images(),
              PackageSource.NONE);
      AtomicBoolean making = new AtomicBoolean(true);
      AtomicInteger swept = new AtomicInteger();
      Thread sweeper =
          Thread.ofPlatform()
              .start(() -> {
                while (making.get()) {
                  try {
                    swept.addAndGet(yard.sweep());
                  } catch (IOException _) {
                    // The next one looks again.
                  }
                }
              });
      List<WorkerConnection> made = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        made.add(workers.start(Trust.UNTRUSTED));
      }
      making.set(false);
      sweeper.join();
      assertThat(swept).hasValue(0);
      made.forEach(WorkerConnection::kill);
    }
    await().atMost(SOON).until(() -> mine().isEmpty());
  }

  private List<String> mine() throws IOException {
    return containers.labelled(Marks.FOLDER + '=' + folder).stream()
        .map(Containers.Listed::id)
        .toList();
  }

  private List<String> running() throws IOException {
    return containers.labelled(Marks.FOLDER + '=' + folder).stream()
        .filter(found -> !found.state().equals("created"))
        .map(Containers.Listed::id)
        .toList();
  }

  /** One that was created and never started. */
  private String container(Marks marks, Map<String, String> otherwise) throws IOException {
    Map<String, String> labels = new HashMap<>(marks.labels());
    labels.putAll(otherwise);
    ImageSource.Image image = TestingDocker.images().image();
    return containers.create(
        ContainerSpec.of(TestingDocker.settings(folder), image.tag(), image.seccomp(), labels));
  }

  private Process server(String script) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            KilledServer.class.getName(),
            folder,
            script)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
