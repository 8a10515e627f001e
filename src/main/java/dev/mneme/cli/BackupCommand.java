package dev.mneme.cli;

import dev.mneme.app.Config;
import dev.mneme.app.Version;
import dev.mneme.store.Backup;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mneme backup}. */
@Command(
    name = "backup",
    description = "Writes the whole memory into one file; a server may go on running.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The key of stored secrets is left out; keep a copy of DATA/secret.key in another place.",
      "",
      "Example:",
      "  mneme backup memory-$(date +%%F).zip"
    })
final class BackupCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Parameters(paramLabel = "FILE", description = "The file to write; it must not exist yet.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    Config config = settings.load();
    Backup.Result result =
        new Backup(Clock.systemUTC(), Version.current()).write(config.data(), file);
    System.err.println("mneme: wrote " + result.file() + " (" + result.bytes() + " bytes)");
    result.notes().forEach(note -> System.err.println("mneme: " + note));
    return ExitCode.OK;
  }
}
