package dev.mneme.sandbox.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.MnemeException;
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
  private final ImageSource images;
  private final PackageSource packages;
  private final PythonProbe probe;

  public DockerSandbox(
      Endpoint engine,
      DockerSettings settings,
      PoolSettings sizes,
      ImageSource images,
      HostCalls hostCalls,
      RandomGenerator random) {
    this(engine, settings, sizes, images, PackageSource.NONE, hostCalls, random);
  }

  /**
   * As above.
   *
   * @param packages where images with packages come from
   */
  public DockerSandbox(
      Endpoint engine,
      DockerSettings settings,
      PoolSettings sizes,
      ImageSource images,
      PackageSource packages,
      HostCalls hostCalls,
      RandomGenerator random) {
    Marks marks = Marks.own(settings.folder(), random);
    http = new EngineHttp(engine);
    yard = new Yard(new Containers(http), marks);
    pool =
        new WorkerPool(
            new DockerWorkers(yard, marks, settings, images, packages), sizes, hostCalls);
    this.images = images;
    this.packages = packages;
    probe = new PythonProbe(yard, marks, settings);
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
    List<String> needed = call.grants().packages();
    if (needed.isEmpty()) {
      return pool.run(Work.of(call));
    }
    try {
      return pool.run(Work.of(call).on(prepare(needed)));
    } catch (MnemeException e) {
      return refused(e.message());
    } catch (IOException e) {
      return refused(
          "The packages "
              + String.join(", ", needed)
              + " are there in containers only, and there is none: "
              + e.getMessage()
              + ".");
    }
  }

  /**
   * The image with these packages, once the engine has it.
   *
   * @throws MnemeException when it cannot be had, saying what to do
   */
  public String prepare(List<String> needed) throws IOException {
    packages.requireAllowed(needed);
    return packages.image(images.image(), needed, probe);
  }

  private static ToolOutcome refused(String message) {
    return new ToolOutcome.Failure(ToolOutcome.Reason.UNAVAILABLE, message, "", "", "");
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
