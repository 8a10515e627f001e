package dev.mneme.app;

import dev.mneme.secret.SecretText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be set, checked. Command line over environment over {@code DATA/mneme.toml}
 * over defaults.
 *
 * @param data the data folder
 * @param secretKey the key for secrets at rest, from the environment alone: in the data folder it
 *     would lie beside what it protects, on the command line every user could see it
 * @param report where each value came from, and what looks like a mistake
 */
public record Config(
    Path data,
    Optional<SecretText> secretKey,
    ServerConfig server,
    AuthConfig auth,
    LogConfig log,
    StoreConfig store,
    SearchConfig search,
    SandboxConfig sandbox,
    ToolsConfig tools,
    McpConfig mcp,
    OwnerConfig owner,
    ModelsConfig models,
    AgentsConfig agents,
    WebConfig web,
    ConfigReport report) {

  /**
   * Reads the configuration; opens and makes nothing.
   *
   * @param flags what the command line sets, by key, such as {@code server.port}
   * @param environment the process's environment
   * @throws dev.mneme.common.MnemeException invalid, naming every mistake with file, key and value
   */
  public static Config load(Map<String, String> flags, Map<String, String> environment) {
    Path data = dataFolder(flags, environment);
    ConfigReader in =
        new ConfigReader(flags, environment, ConfigFile.read(data.resolve("mneme.toml")));
    in.outside("data", data.toString(), "MNEME_DATA");
    Config config =
        new Config(
            data,
            in.environmentSecret("secret-key", "MNEME_SECRET_KEY"),
            ServerConfig.read(in),
            AuthConfig.read(in),
            LogConfig.read(in),
            StoreConfig.read(in),
            SearchConfig.read(in),
            SandboxConfig.read(in),
            ToolsConfig.read(in),
            McpConfig.read(in),
            OwnerConfig.read(in),
            ModelsConfig.read(in),
            AgentsConfig.read(in),
            WebConfig.read(in),
            in.report());
    in.finish();
    return config;
  }

  /** The data folder alone, which needs no file; for what must not depend on the rest. */
  public static Path dataFolder(Map<String, String> flags, Map<String, String> environment) {
    String chosen = flags.getOrDefault("data", environment.getOrDefault("MNEME_DATA", ""));
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
    try {
      Path data = chosen.isBlank() ? Path.of(home, ".mneme") : Path.of(chosen);
      return data.toAbsolutePath().normalize();
    } catch (InvalidPathException _) {
      throw ConfigFile.invalid("The data folder has a name that no folder can have.");
    }
  }
}
