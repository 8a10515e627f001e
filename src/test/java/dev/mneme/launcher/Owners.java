package dev.mneme.launcher;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The owner processes of data folders that tests made. */
final class Owners {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Owners() {}

  /** The process that holds the lock of the data folder, if it lives. */
  static Optional<ProcessHandle> of(Path data) {
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
    return ProcessHandle.allProcesses()
        .filter(process -> {
          List<String> arguments = process.info().arguments().map(List::of).orElse(List.of());
          return arguments.contains("--owner") && arguments.contains(data.toString());
        })
        .count();
  }

  /** Ends every owner of a data folder below this folder. */
  static void end(Path folder) {
    try (var below = Files.list(folder)) {
      for (Path data : below.toList()) {
        of(data)
            .ifPresent(owner -> {
              owner.destroyForcibly();
              awaitNone(owner);
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
