package dev.mneme.sandbox.graalpy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folder with Python's standard library, unpacked once from GraalPy's jars.
 *
 * <p>Workers only read it, so that none of them can leave anything behind for another. It is made
 * in a temporary folder and moved into place, so a folder that is there is complete. Thread-safe.
 */
final class PythonHome {
  private static final long UNPACK_SECONDS = 120;

  private final SandboxSettings settings;
  private final WorkerCommand command;

  PythonHome(SandboxSettings settings, WorkerCommand command) {
    this.settings = settings;
    this.command = command;
  }

  /** Unpacks it unless it is there; a second or two the first time. */
  synchronized Path ensure() throws IOException {
    Path home = settings.pythonHome();
    if (Files.isDirectory(home)) {
      return home;
    }
    Path parent = home.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException("the Python home needs a folder to be in");
    }
    Files.createDirectories(parent);
    Path fresh = Files.createTempDirectory(parent, "unpacking-");
    try {
      HelperProcess.run(command.unpack(fresh), UNPACK_SECONDS);
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(home)) {
        throw new IOException(
            "Python's standard library could not be unpacked: " + e.getMessage(), e);
      }
    } finally {
      Folders.delete(fresh);
    }
    return home;
  }
}
