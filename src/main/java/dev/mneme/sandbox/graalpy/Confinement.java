package dev.mneme.sandbox.graalpy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the system offers to lock a worker in: {@code nice} for a lower priority, bubblewrap for
 * namespaces without network, a read-only view of the files without the data folder.
 *
 * <p>Found out once, by trying; a container or a hardened kernel may forbid bubblewrap.
 */
final class Confinement {
  private static final long TRY_SECONDS = 10;

  private final Optional<Path> nice;
  private final Optional<Path> bubblewrap;

  private Confinement(Optional<Path> nice, Optional<Path> bubblewrap) {
    this.nice = nice;
    this.bubblewrap = bubblewrap;
  }

  static Confinement detect(boolean wanted) {
    Optional<Path> found = wanted ? find("bwrap") : Optional.empty();
    return new Confinement(find("nice"), found.filter(Confinement::works));
  }

  boolean hasNamespaces() {
    return bubblewrap.isPresent();
  }

  /**
   * The command, wrapped.
   *
   * @param work the worker's own folder
   * @param needed files and folders it reads
   * @param hidden folders it must not see, unless they are needed
   */
  List<String> wrap(List<String> command, Path work, List<Path> needed, List<Path> hidden) {
    List<String> wrapped = new ArrayList<>();
    nice.ifPresent(program -> wrapped.addAll(List.of(program.toString(), "-n", "10")));
    bubblewrap.ifPresent(program -> {
      wrapped.add(program.toString());
      wrapped.addAll(namespaces());
      for (Path folder : hidden) {
        wrapped.addAll(List.of("--tmpfs", folder.toString()));
      }
      for (Path path : needed) {
        wrapped.addAll(List.of("--ro-bind", path.toString(), path.toString()));
      }
      wrapped.addAll(List.of("--bind", work.toString(), work.toString()));
      wrapped.addAll(List.of("--chdir", work.toString(), "--"));
    });
    wrapped.addAll(command);
    return wrapped;
  }

  private static List<String> namespaces() {
    return List.of(
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--cap-drop",
        "ALL",
        "--ro-bind",
        "/",
        "/",
        "--dev",
        "/dev",
        "--proc",
        "/proc",
        "--tmpfs",
        "/tmp");
  }

  private static boolean works(Path program) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(namespaces());
    command.add("true");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(TRY_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Optional<Path> find(String program) {
    return Stream.of("/usr/bin", "/bin", "/usr/local/bin")
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
