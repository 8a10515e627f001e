package dev.mneme.cli;

import dev.mneme.app.Config;
import dev.mneme.app.Logging;
import dev.mneme.app.Role;
import dev.mneme.common.MnemeException;
import dev.mneme.secret.SecretMask;
import java.util.HashMap;
import java.util.Map;

/** {@code mneme serve --owner --data DIR}: what a relay starts; no user types it. */
final class BackgroundOwner {
  private BackgroundOwner() {}

  static int run(String[] args) {
    try {
      Map<String, String> flags = new HashMap<>();
      if (args.length == 4 && args[2].equals("--data")) {
        flags.put("data", args[3]);
      }
      Config config = Config.load(flags, System.getenv());
      return Serving.run(config, Role.BACKGROUND, _ -> logToFile(config));
    } catch (MnemeException e) {
      int exit = Errors.report(e);
      return e.code().equals("data_folder_in_use") ? ExitCode.TAKEN : exit;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILURE;
    }
  }

  /** Only now: what went wrong before has to reach the relay that waits. */
  private static void logToFile(Config config) {
    OwnerLog.install(config.data());
    Logging.setUp(config.log(), SecretMask.of(config.report().secrets()));
  }
}
