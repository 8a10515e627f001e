package dev.mneme.sandbox.docker;

import dev.mneme.sandbox.docker.wire.Containers;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The labels by which a container says whose it is: data folder, machine, and the very process that
 * started it.
 *
 * @param machine name and boot of the machine; a process id means nothing elsewhere
 * @param pid the process that started it
 * @param born when that process started, in milliseconds; ids of processes are used again
 * @param pool told apart where one process has several
 */
record Marks(String folder, String machine, long pid, long born, String pool) {
  static final String FOLDER = "dev.mneme.folder";
  private static final String MACHINE = "dev.mneme.machine";
  private static final String PID = "dev.mneme.pid";
  private static final String BORN = "dev.mneme.born";
  private static final String POOL = "dev.mneme.pool";

  /** Start times of one process differ by this much when read at different moments. */
  private static final long SAME_START_MILLIS = 2_000;

  static Marks own(String folder, RandomGenerator random) {
    ProcessHandle self = ProcessHandle.current();
    return new Marks(
        folder,
        machineName(),
        self.pid(),
        born(self),
        HexFormat.of().toHexDigits(random.nextLong()));
  }

  Map<String, String> labels() {
    return Map.of(
        FOLDER, folder,
        MACHINE, machine,
        PID, Long.toString(pid),
        BORN, Long.toString(born),
        POOL, pool);
  }

  /** Whether this pool of this process made it. */
  boolean isOwn(Containers.Listed container) {
    return pool.equals(container.labels().get(POOL));
  }

  /**
   * Whether the process that made it is proved to have ended. Of another machine, or an earlier
   * boot of what may be another, nothing can be proved.
   */
  boolean isOrphan(Containers.Listed container) {
    if (!folder.equals(container.labels().get(FOLDER))
        || !machine.equals(container.labels().get(MACHINE))) {
      return false;
    }
    try {
      long maker = Long.parseLong(container.labels().getOrDefault(PID, ""));
      long since = Long.parseLong(container.labels().getOrDefault(BORN, ""));
      Optional<ProcessHandle> alive = ProcessHandle.of(maker).filter(ProcessHandle::isAlive);
      return alive.isEmpty() || Math.abs(born(alive.get()) - since) > SAME_START_MILLIS;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static long born(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String machineName() {
    String name;
    try {
      name = InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      name = "unknown";
    }
    String id = "";
    try {
      id = Files.readString(Path.of("/etc/machine-id")).strip();
    } catch (IOException e) {
      // Not every system has one; the name has to do.
      id = "";
    }
    String all = name + '-' + id;
    return all.replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
