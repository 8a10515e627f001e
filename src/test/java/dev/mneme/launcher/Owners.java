package dev.mneme.launcher;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The owner processes of data folders that tests made. */
public final class Owners {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Owners() {}

  /** The process that holds the lock of the data folder, if it lives. */
  public static Optional<ProcessHandle> of(Path data) {
    try {
      for (String line : Files.readAllLines(data.resolve("mneme.lock"))) {
        if (line.startsWith("pid ")) {
          return ProcessHandle.of(Long.parseLong(line.substring(4).strip()))
              .filter(ProcessHandle::isAlive);
        }
      }
    } catch (IOException _) {
      // There is no owner yet.
    }
    return Optional.empty();
  }

  static ProcessHandle awaitOne(Path data) {
    await().atMost(PATIENCE).until(() -> of(data).isPresent());
    return of(data).orElseThrow();
  }

  static void awaitNone(ProcessHandle owner) {
    await().atMost(PATIENCE).until(() -> !owner.isAlive());
  }

  static void awaitReady(Program serve) {
    await().atMost(PATIENCE).until(() -> serve.errors().contains("ready on"));
  }

  /** How many processes have this folder on their command line and are owners. */
  static long count(Path data) {
    return arguments()
        .filter(owner -> owner.values().containsAll(List.of("--owner", data.toString())))
        .count();
  }

  /** Ends every owner of a data folder below this folder, also one that has only just begun. */
  public static void end(Path folder) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          List<ProcessHandle> below =
              arguments()
                  .filter(owner ->
                      owner.values().stream()
                          .anyMatch(value -> value.startsWith(folder.toString() + '/')))
                  .map(Owner::process)
                  .toList();
          below.forEach(ProcessHandle::destroyForcibly);
          return below.isEmpty();
        });
  }

  private record Owner(ProcessHandle process, List<String> values) {}

  /** Owners, and the launchers that are about to become one. */
  private static Stream<Owner> arguments() {
    return ProcessHandle.allProcesses()
        .map(process ->
            new Owner(process, process.info().arguments().map(List::of).orElse(List.of())))
        .filter(owner -> owner.values().contains("--owner") || owner.values().contains("owner"));
  }
}
