package dev.mneme.cli.doctor;

import dev.mneme.app.Build;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine has. */
final class MachineChecks {
  private final Map<String, String> environment;
  private final Build build;

  MachineChecks(Map<String, String> environment, Build build) {
    this.environment = environment;
    this.build = build;
  }

  List<Check> run() {
    return List.of(java(), caches(), isolation());
  }

  private static Check java() {
    return Check.ok("java", Runtime.version() + " in " + System.getProperty("java.home"));
  }

  private Check caches() {
    List<String> missing = new ArrayList<>();
    for (String name : List.of("relay", "serve", "worker")) {
      if (!Files.isRegularFile(build.dist().resolve(name + ".aot"))) {
        missing.add(name);
      }
    }
    return missing.isEmpty()
        ? Check.ok("fast start", "caches of the relay, the server and the workers are there")
        : Check.note(
            "fast start", "no cache for: " + String.join(", ", missing) + "; run ./mneme build");
  }

  private Check isolation() {
    Optional<Path> bwrap =
        Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, "bwrap"))
            .filter(Files::isExecutable)
            .findFirst();
    return bwrap
        .map(path -> Check.ok("bubblewrap", path + ": workers run without network and files"))
        .orElseGet(() ->
            Check.note(
                "bubblewrap",
                "not found; Python workers are held by GraalPy alone. On Linux install"
                    + " bubblewrap"));
  }
}
