package dev.mneme.sandbox.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.LaneStatus;
import dev.mneme.sandbox.PoolSettings;
import dev.mneme.sandbox.TestModule;
import dev.mneme.sandbox.Work;
import dev.mneme.sandbox.WorkerPool;
import dev.mneme.sandbox.docker.wire.Containers;
import dev.mneme.sandbox.docker.wire.Endpoint;
import dev.mneme.sandbox.docker.wire.EngineHttp;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolOutcome;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Runs Python in containers without network, each for one trust domain. Thread-safe.
 *
 * <p>Containers start in the background after {@link #warm} or with the first call. An engine that
 * is not there, or goes, makes calls {@code unavailable}; they work again when it is back. {@link
 * #close} removes all containers.
 */
public final class DockerSandbox implements ToolBackend, AutoCloseable {
  private final EngineHttp http;
  private final Yard yard;
  private final WorkerPool pool;

  public DockerSandbox(
      Endpoint engine,
      DockerSettings settings,
      PoolSettings sizes,
      ImageSource images,
      HostCalls hostCalls,
      RandomGenerator random) {
    Marks marks = Marks.own(settings.folder(), random);
    http = new EngineHttp(engine);
    yard = new Yard(new Containers(http), marks);
    pool = new WorkerPool(new DockerWorkers(yard, marks, settings, images), sizes, hostCalls);
  }

  /**
   * Asks the engine for its version.
   *
   * @throws IOException when it does not answer, saying where it was looked for
   */
  public String engine() throws IOException {
    JsonNode version = yard.containers().version();
    return version.path("Version").asText("unknown") + " at " + http.address().shown();
  }

  /** Starts the spares in the background. */
  public void warm() {
    pool.warm();
  }

  @Override
  public ToolOutcome call(ToolCall call) {
    return pool.run(Work.of(call));
  }

  /** As {@code GraalPySandbox.runTests}. */
  public ToolOutcome runTests(ToolCall tests, List<TestModule> modules) {
    return pool.run(Work.tests(tests, modules));
  }

  public List<LaneStatus> status() {
    return pool.status();
  }

  @Override
  public void close() {
    pool.close();
    yard.close();
    http.close();
  }
}
