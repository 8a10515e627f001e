package dev.mneme.sandbox.graalpy;

import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.PoolSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the GraalPy back end needs to know.
 *
 * @param java the {@code java} program of a JDK 25
 * @param classPath the worker's jar and its libraries; an entry may end in {@code /*}
 * @param pythonHome where Python's standard library is, or is unpacked to at the first start
 * @param aotCache where the worker's AOT cache is, or will be; used only when it is there
 * @param scratch a private folder in which each worker gets an empty working folder
 * @param hidden folders that workers must not see where the system can hide them; the data folder
 * @param heapMegabytes heap of a worker; the memory limit users are told about
 * @param confinement whether to use bubblewrap where it works
 * @param callsPerUntrusted calls an untrusted worker takes before it is replaced
 */
public record SandboxSettings(
    Path java,
    List<Path> classPath,
    Path pythonHome,
    Path aotCache,
    Path scratch,
    List<Path> hidden,
    int heapMegabytes,
    boolean confinement,
    int callsPerUntrusted,
    PoolSettings pool) {

  /** What a worker needs besides its heap: code, metaspace, the interpreter's own structures. */
  private static final long OVERHEAD_MEGABYTES = 512;

  public SandboxSettings {
    if (heapMegabytes < 96 || heapMegabytes > 8_192) {
      throw MnemeException.invalid(
          "invalid_sandbox_heap", "A Python worker's heap must be 96 to 8192 MB.");
    }
    if (callsPerUntrusted < 1 || callsPerUntrusted > 1_000) {
      throw MnemeException.invalid(
          "invalid_sandbox_calls", "An untrusted worker takes 1 to 1000 calls.");
    }
    classPath = List.copyOf(classPath);
    hidden = List.copyOf(hidden);
  }

  /**
   * Defaults.
   *
   * @param home the folder that holds {@code target/}
   * @param data the data folder
   */
  public static SandboxSettings defaults(Path home, Path data) {
    Path target = home.toAbsolutePath().normalize().resolve("target");
    int heap = 256;
    return new SandboxSettings(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        List.of(target.resolve("mneme-worker.jar"), target.resolve("worker-lib")),
        home(target, data),
        target.resolve("mneme-worker.aot"),
        data.resolve("cache").resolve("workers"),
        List.of(data),
        heap,
        true,
        20,
        PoolSettings.defaults(
            Runtime.getRuntime().availableProcessors(),
            (long) heap << 20,
            (heap + OVERHEAD_MEGABYTES) << 20));
  }

  /** Beside the build where it was made with it, or can be; else in the data folder. */
  private static Path home(Path target, Path data) {
    Path built = target.resolve("python-home");
    return Files.isDirectory(built) || Files.isWritable(target)
        ? built
        : data.resolve("cache").resolve("python-home");
  }
}
