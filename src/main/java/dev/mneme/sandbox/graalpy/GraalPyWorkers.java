package dev.mneme.sandbox.graalpy;

import dev.mneme.sandbox.ProcessConnection;
import dev.mneme.sandbox.WorkerConnection;
import dev.mneme.sandbox.WorkerFactory;
import dev.mneme.tool.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts GraalPy worker processes: no environment but a locale, a working folder of their own,
 * lower priority, locked in by bubblewrap where it works. Thread-safe.
 */
final class GraalPyWorkers implements WorkerFactory {
  /** What the JVM exits with on the first OutOfMemoryError, and the worker on a full heap. */
  private static final int OUT_OF_MEMORY = 3;

  private final SandboxSettings settings;
  private final WorkerCommand command;
  private final PythonHome pythonHome;
  private final Confinement confinement;

  GraalPyWorkers(SandboxSettings settings, Confinement confinement) {
    this.settings = settings;
    this.command = new WorkerCommand(settings);
    this.pythonHome = new PythonHome(settings, command);
    this.confinement = confinement;
  }

  @Override
  public String name() {
    return "graalpy";
  }

  @Override
  public Exit meaning(int exitCode) {
    return exitCode == OUT_OF_MEMORY ? Exit.OUT_OF_MEMORY : Exit.CRASHED;
  }

  @Override
  public WorkerConnection start(Trust trust) throws IOException {
    for (Path needed : settings.classPath()) {
      if (!Files.exists(needed)) {
        throw new IOException("the Python worker is not built: " + needed + " is missing");
      }
    }
    pythonHome.ensure();
    Files.createDirectories(settings.scratch());
    Path work = Files.createTempDirectory(settings.scratch(), "worker-");
    List<String> wrapped =
        confinement.wrap(command.serve(trust), work, needed(), settings.hidden());
    return launch(wrapped, work);
  }

  private ProcessConnection launch(List<String> wrapped, Path work) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(wrapped).directory(work.toFile());
    builder.environment().clear();
    // Without it, names of files, be they in memory, could only have ASCII letters.
    builder.environment().put("LC_ALL", "C.UTF-8");
    try {
      Process process = builder.start();
      return new ProcessConnection(
          process,
          work.getFileName().toString(),
          () -> afterKill(process, work),
          () -> Folders.delete(work));
    } catch (IOException e) {
      Folders.delete(work);
      throw e;
    }
  }

  private void afterKill(Process process, Path work) {
    if (confinement.hasNamespaces()) {
      Strays.end(process, work);
    }
  }

  private List<Path> needed() {
    List<Path> needed = new ArrayList<>(settings.classPath());
    Path bin = settings.java().toAbsolutePath().getParent();
    if (bin != null && bin.getParent() != null) {
      needed.add(bin.getParent());
    }
    needed.add(settings.pythonHome());
    if (Files.isRegularFile(settings.aotCache())) {
      needed.add(settings.aotCache());
    }
    return needed;
  }
}
