package dev.mneme.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.ToolCalls;
import dev.mneme.sandbox.docker.wire.Endpoint;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Reason;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that goes away and comes back, and images it does not have. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EngineTroubleIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void callsFailClearlyWhileTheEngineIsGoneAndWorkWhenItIsBack(@TempDir Path folder)
      throws Exception {
    DockerHere.require();
    assumeThat(TestingDocker.ENGINE).isInstanceOf(Endpoint.Unix.class);
    Path engine = ((Endpoint.Unix) TestingDocker.ENGINE).socket();
    Path front = folder.resolve("engine.sock");
    try (EngineGate gate = new EngineGate(front, engine);
        DockerSandbox sandbox = sandbox(new Endpoint.Unix(front), TestingDocker.images())) {
      assertThat(call(sandbox, "1")).isInstanceOf(Success.class);
      CompletableFuture<ToolOutcome> running =
          CompletableFuture.supplyAsync(
              () -> call(sandbox, "import time\ntime.sleep(20)"), Thread::startVirtualThread);
      Thread.sleep(500);
      gate.shut();
      Failure cut = (Failure) running.get(20, TimeUnit.SECONDS);
      assertThat(cut.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(cut.message()).contains("container engine went away");
      Failure refused = (Failure) call(sandbox, "2");
      assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(refused.message()).contains("no container engine answers at unix://");
      gate.reopen();
      await().atMost(SOON).until(() -> call(sandbox, "3") instanceof Success);
    }
  }

  @Test
  void anImageThatIsGoneIsLookedForAgain() throws Exception {
    DockerHere.require();
    ImageSource real = TestingDocker.images();
    PreparedImage[] source = new PreparedImage[1];
    int[] looked = new int[1];
    source[0] =
        new PreparedImage(progress -> {
          try {
            return looked[0]++ == 0
                ? new ImageSource.Image("mneme-python:gone", real.image().seccomp())
                : real.image();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    try (DockerSandbox sandbox = sandbox(TestingDocker.ENGINE, source[0])) {
      Failure refused = (Failure) call(sandbox, "1");
      assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(refused.message()).contains("404").containsIgnoringCase("no such image");
      await().atMost(SOON).until(() -> call(sandbox, "1") instanceof Success);
    }
  }

  @Test
  void aRuntimeTheEngineDoesNotHaveIsNamed() throws Exception {
    DockerHere.require();
    DockerSettings settings = TestingDocker.settings("folder-" + UUID.randomUUID());
    DockerSettings other =
        new DockerSettings(
            java.util.Optional.of("runtime-nobody-has"),
            settings.memory(),
            settings.cpus(),
            settings.pids(),
            settings.tmp(),
            settings.folder());
    try (DockerSandbox sandbox =
        new DockerSandbox(
            TestingDocker.ENGINE,
            other,
            TestingDocker.sizes(2, 0),
            TestingDocker.images(),
            HostCalls.DENIED,
            new SecureRandom())) {
      Failure refused = (Failure) call(sandbox, "1");
      assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(refused.message()).contains("runtime-nobody-has");
    }
  }

  private static DockerSandbox sandbox(Endpoint engine, ImageSource images) {
    return new DockerSandbox(
        engine,
        TestingDocker.settings("folder-" + UUID.randomUUID()),
        TestingDocker.sizes(3, 1),
        images,
        HostCalls.DENIED,
        new SecureRandom());
  }

  private static ToolOutcome call(DockerSandbox sandbox, String source) {
    return sandbox.call(ToolCalls.script(Trust.UNTRUSTED, source));
  }
}
