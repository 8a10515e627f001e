package dev.mneme.sandbox.graalpy;

import dev.mneme.sandbox.EscapeCase;
import dev.mneme.sandbox.EscapeContract;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.tool.ToolBackend;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** GraalPy refuses nearly all of them by having none of it: no files, no network, no processes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GraalPyEscapeIT extends EscapeContract {
  private GraalPySandbox sandbox;

  @BeforeAll
  void start(@TempDir Path data) {
    sandbox = new GraalPySandbox(PackagedWorkers.settings(data), HostCalls.DENIED);
    sandbox.warm();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Override
  protected ToolBackend backend() {
    return sandbox;
  }

  /**
   * Left for the long run: those that cost a worker, which take minutes, and those that all end at
   * the same wall, because there are no calls of the system to be made.
   */
  @Override
  protected boolean tries(EscapeCase tried) {
    return Boolean.getBoolean("mneme.soak")
        || !(tried.abnormal() || tried.code().contains("import ctypes"));
  }

  /** Each call needs an interpreter nobody used, which the last one made ready meanwhile. */
  @Override
  protected Duration next() {
    return Duration.ofMillis(500);
  }
}
