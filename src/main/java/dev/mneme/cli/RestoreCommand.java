package dev.mneme.cli;

import dev.mneme.app.Config;
import dev.mneme.app.Version;
import dev.mneme.store.Backup;
import dev.mneme.store.Restore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mneme restore}. */
@Command(
    name = "restore",
    description = "Makes a new data folder from a backup, all of it or nothing.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It never writes into a folder that holds anything. Put the old secret.key into the new"
          + " folder",
      "afterwards, or set MNEME_SECRET_KEY.",
      "",
      "Example:",
      "  mneme restore memory-2026-11-22.zip --data ~/.mneme-restored"
    })
final class RestoreCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    Config config = settings.load();
    Restore.Result result =
        new Backup(Clock.systemUTC(), Version.current()).restore(file, config.data());
    System.err.println("mneme: restored into " + config.data());
    result.notes().forEach(note -> System.err.println("mneme: " + note));
    return ExitCode.OK;
  }
}
