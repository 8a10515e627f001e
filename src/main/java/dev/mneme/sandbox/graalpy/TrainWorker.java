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

  /** Makes both at the places the settings name. */
  public static void train(SandboxSettings settings) throws IOException {
    WorkerCommand command = new WorkerCommand(settings);
    new PythonHome(settings, command).ensure();
    Path fresh = settings.aotCache().resolveSibling(settings.aotCache().getFileName() + ".new");
    HelperProcess.run(command.train(fresh), TRAIN_SECONDS);
    Files.move(
        fresh,
        settings.aotCache(),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}
