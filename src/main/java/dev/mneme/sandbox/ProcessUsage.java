package dev.mneme.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a process uses, read from {@code /proc} where there is one; elsewhere processor time alone.
 */
final class ProcessUsage {
  /** The unit of processor time in /proc on every Linux that Java runs on. */
  private static final long MILLIS_PER_TICK = 10;

  private static final long PAGE = 4_096;

  private ProcessUsage() {}

  static Optional<WorkerConnection.Usage> of(ProcessHandle process) {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      return Optional.of(parse(Files.readString(stat, StandardCharsets.ISO_8859_1)));
    } catch (IOException | RuntimeException e) {
      return process.info().totalCpuDuration().map(cpu -> new WorkerConnection.Usage(cpu, 0));
    }
  }

  /** Fields are counted behind the name in brackets, which may itself hold blanks. */
  static WorkerConnection.Usage parse(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    long pages = Long.parseLong(fields[21]);
    return new WorkerConnection.Usage(Duration.ofMillis(ticks * MILLIS_PER_TICK), pages * PAGE);
  }
}
