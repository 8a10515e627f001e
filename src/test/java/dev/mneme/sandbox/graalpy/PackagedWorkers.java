package dev.mneme.sandbox.graalpy;

import dev.mneme.launcher.TestHome;
import dev.mneme.sandbox.PoolSettings;
import java.nio.file.Path;
import java.util.List;

/** Workers as a user's server starts them: of the complete build, with its cache. */
public final class PackagedWorkers {
  private static final int HEAP = 256;

  /** What a worker needs besides its heap: code, metaspace, the interpreter's own structures. */
  private static final int OVERHEAD = 512;

  private PackagedWorkers() {}

  /** The size a server has that was not told another. */
  public static SandboxSettings settings(Path data) {
    Path dist = TestHome.dist();
    return new SandboxSettings(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        List.of(dist.resolve("mneme-worker.jar"), dist.resolve("worker-lib")),
        dist.resolve("python-home"),
        dist.resolve("worker.aot"),
        data.resolve("cache").resolve("workers"),
        List.of(data),
        HEAP,
        true,
        20,
        PoolSettings.defaults(
            Runtime.getRuntime().availableProcessors(),
            (long) HEAP << 20,
            (long) (HEAP + OVERHEAD) << 20));
  }
}
