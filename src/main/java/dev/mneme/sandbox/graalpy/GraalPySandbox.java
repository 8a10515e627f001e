package dev.mneme.sandbox.graalpy;

import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.LaneStatus;
import dev.mneme.sandbox.TestModule;
import dev.mneme.sandbox.Work;
import dev.mneme.sandbox.WorkerPool;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolOutcome;
import java.util.List;

/**
 * Runs Python in GraalPy worker processes: no Python, no Docker needed. Thread-safe.
 *
 * <p>Workers start in the background after {@link #warm} or with the first call; {@link #close}
 * ends them all.
 */
public final class GraalPySandbox implements ToolBackend, AutoCloseable {
  private final WorkerPool pool;
  private final Confinement confinement;

  public GraalPySandbox(SandboxSettings settings, HostCalls hostCalls) {
    confinement = Confinement.detect(settings.confinement());
    pool = new WorkerPool(new GraalPyWorkers(settings, confinement), settings.pool(), hostCalls);
  }

  /** Starts the warm workers in the background. */
  public void warm() {
    pool.warm();
  }

  /** As {@link #warm()}, for trusted code only. */
  public void warmTrusted() {
    pool.warmTrusted();
  }

  @Override
  public ToolOutcome call(ToolCall call) {
    return pool.run(Work.of(call));
  }

  /**
   * Runs the functions of a test file, those with names like {@code test_sum}. The value of a
   * success is {@code {"tests": [{"name", "ok", "message"?, "traceback"?}]}}.
   *
   * @param tests the file; its function and arguments are not looked at
   * @param modules what it may import
   */
  public ToolOutcome runTests(ToolCall tests, List<TestModule> modules) {
    return pool.run(Work.tests(tests, modules));
  }

  /** Whether workers run in namespaces of their own, without network or the data folder. */
  public boolean isConfined() {
    return confinement.hasNamespaces();
  }

  public List<LaneStatus> status() {
    return pool.status();
  }

  @Override
  public void close() {
    pool.close();
  }
}
