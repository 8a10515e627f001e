package dev.mneme.sandbox.graalpy;

import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.PoolSettings;
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
}
