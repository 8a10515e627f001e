package dev.mneme.sandbox.graalpy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Makes what lets workers start fast: the unpacked Python home with compiled modules in it, and the
 * worker's AOT cache. Run once after a build; everything works without it, only slower.
 */
public final class TrainWorker {
  private static final long TRAIN_SECONDS = 300;

  private TrainWorker() {}

  /** The only argument is the folder that holds {@code target/}. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("the folder that holds target/ is needed");
    }
    Path home = Path.of(arguments[0]).toAbsolutePath();
    train(SandboxSettings.defaults(home, home.resolve("target")));
  }

  static void train(SandboxSettings settings) throws IOException {
    WorkerCommand command = new WorkerCommand(settings);
    new PythonHome(settings, command).ensure();
    Path fresh = settings.aotCache().resolveSibling(settings.aotCache().getFileName() + ".new");
    PythonHome.run(command.train(fresh), TRAIN_SECONDS);
    Files.move(
        fresh,
        settings.aotCache(),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}
