package dev.mneme.sandbox.docker;

import dev.mneme.sandbox.EscapeContract;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.tool.ToolBackend;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A container has files, processes and sockets: it is the engine's walls that hold. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerEscapeIT extends EscapeContract {
  private DockerSandbox sandbox;

  @BeforeAll
  void start() {
    DockerHere.require();
    sandbox = TestingDocker.sandbox(TestingDocker.sizes(4, 2), HostCalls.DENIED);
    sandbox.warm();
  }

  @AfterAll
  void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @Override
  protected ToolBackend backend() {
    return sandbox;
  }

  @Override
  protected Duration next() {
    return Duration.ofMillis(50);
  }
}
