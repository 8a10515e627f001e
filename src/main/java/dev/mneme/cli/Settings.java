package dev.mneme.cli;

import dev.mneme.app.Config;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command working on a data folder has. */
final class Settings {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder (default: $$MNEME_DATA, else ~/.mneme).")
  private @Nullable String data;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any other setting for this run, such as --set log.level=debug.")
  private Map<String, String> more = new LinkedHashMap<>();

  Config load() {
    return load(Map.of());
  }

  /**
   * @param flags what options of the command itself set
   */
  Config load(Map<String, String> flags) {
    Map<String, String> all = new LinkedHashMap<>(more);
    all.putAll(flags);
    if (data != null) {
      all.put("data", data);
    }
    return Config.load(all, System.getenv());
  }
}
