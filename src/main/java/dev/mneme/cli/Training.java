package dev.mneme.cli;

import dev.mneme.app.Build;
import dev.mneme.app.Config;
import dev.mneme.app.Logging;
import dev.mneme.app.Mneme;
import dev.mneme.app.Role;
import dev.mneme.app.ToolBench;
import dev.mneme.secret.SecretMask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The run that records the server's cache: a server on a folder made for it does once what every
 * server does, then ends.
 */
final class Training {
  private Training() {}

  static int server(String folder) throws IOException {
    Main.commandLine().parseArgs("serve");
    TrainingAgents.giveModel(Path.of(folder));
    Map<String, String> flags =
        Map.of("data", folder, "server.port", "0", "search.embeddings", "off");
    Config config = Config.load(flags, Map.of());
    Logging.setUp(config.log(), SecretMask.of(List.of()));
    try (Mneme mneme = Mneme.start(config, Role.SERVE, () -> {})) {
      URI url = URI.create(mneme.url().orElseThrow());
      TrainingHttp.get(url.resolve("/v1/health/"));
      TrainingHttp.get(url);
      TrainingClient.talk(Path.of(folder, "run", "mneme.sock"));
      TrainingEdits.make(url);
      TrainingAgents.talk(url);
    }
    return ExitCode.OK;
  }

  /** Makes what lets the Python workers of this build start fast. */
  static int worker() throws IOException {
    ToolBench.trainWorker(Config.load(Map.of(), Map.of()), Build.current());
    return ExitCode.OK;
  }
}
