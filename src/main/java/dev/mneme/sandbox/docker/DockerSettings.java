package dev.mneme.sandbox.docker;

import dev.mneme.common.MnemeException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a container may use, and whose it is. All of it is the operator's; nothing comes from a
 * caller.
 *
 * @param runtime OCI runtime the engine knows, such as {@code runsc}; absent: the engine's default
 * @param memory bytes, swap included
 * @param cpus processors
 * @param pids processes and threads
 * @param tmp bytes of {@code /tmp}; they count as memory
 * @param folder id of the data folder, for the labels
 */
public record DockerSettings(
    Optional<String> runtime, long memory, double cpus, int pids, long tmp, String folder) {
  private static final Pattern RUNTIME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,99}");
  private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  public DockerSettings {
    require(runtime.isEmpty() || RUNTIME.matcher(runtime.get()).matches(), "the runtime's name");
    require(memory >= 32L << 20 && memory <= 64L << 30, "memory: 32MB to 64GB");
    require(cpus >= 0.1 && cpus <= 64, "processors: 0.1 to 64");
    require(pids >= 8 && pids <= 4_096, "processes: 8 to 4096");
    require(tmp >= 1L << 20 && tmp <= memory, "/tmp: 1MB to the memory limit");
    require(FOLDER.matcher(folder).matches(), "the data folder's id");
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw MnemeException.invalid("invalid_container_settings", "Not allowed: " + what + ".");
    }
  }
}
