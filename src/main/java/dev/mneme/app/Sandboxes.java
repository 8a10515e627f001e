package dev.mneme.app;

import dev.mneme.sandbox.PoolSettings;
import dev.mneme.sandbox.SessionSettings;
import dev.mneme.sandbox.graalpy.SandboxSettings;
import dev.mneme.tool.ToolLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the configuration means for the sandbox. */
final class Sandboxes {
  /** What a worker may hold beside its heap before it is taken for a memory bomb. */
  private static final long OVERHEAD = 512L << 20;

  private Sandboxes() {}

  /**
   * @param cache a private folder for what can be made again
   * @param hidden what code in a worker must not see, where the system can hide it
   */
  static SandboxSettings settings(SandboxConfig config, Build build, Path cache, Path hidden) {
    PoolSettings pool =
        PoolSettings.of(
                config.workers(),
                config.fresh(),
                config.queue(),
                config.heap(),
                config.heap() + OVERHEAD)
            .withSessions(sessions(config));
    return new SandboxSettings(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        List.of(build.workerJar(), build.workerLibraries()),
        pythonHome(build, cache),
        build.workerCache(),
        cache.resolve("workers"),
        Files.isDirectory(hidden) ? List.of(hidden) : List.of(),
        (int) (config.heap() >> 20),
        true,
        20,
        pool);
  }

  /** One owner may have them all. */
  static SessionSettings sessions(SandboxConfig config) {
    return new SessionSettings(config.sessions(), config.sessions(), config.sessionIdle());
  }

  static ToolLimits limits(SandboxConfig config) {
    return new ToolLimits(config.wall(), config.cpu(), config.output(), config.result());
  }

  /** Beside the build where it is or can be made; else with what can be made again. */
  private static Path pythonHome(Build build, Path cache) {
    Path built = build.pythonHome();
    return Files.isDirectory(built) || Files.isWritable(build.dist())
        ? built
        : cache.resolve("python-home");
  }
}
