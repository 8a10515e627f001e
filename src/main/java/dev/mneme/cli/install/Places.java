package dev.mneme.cli.install;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where programs keep their files for this user.
 *
 * @param mac whether by macOS's rules
 */
public record Places(Path home, boolean mac, Map<String, String> environment) {
  public Places {
    environment = Map.copyOf(environment);
  }

  public static Places ofThisUser() {
    Map<String, String> environment = System.getenv();
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    boolean mac = System.getProperty("os.name").startsWith("Mac");
    return new Places(Path.of(home), mac, environment);
  }

  Path home(String path) {
    return home.resolve(path);
  }

  /** The folder of a desktop application's settings. */
  Path application(String name) {
    if (mac) {
      return home.resolve("Library/Application Support").resolve(name);
    }
    return variable("XDG_CONFIG_HOME", ".config").resolve(name);
  }

  /** A folder that a variable may name. */
  Path variable(String variable, String otherwise) {
    String value = environment.getOrDefault(variable, "");
    return value.isEmpty() ? home.resolve(otherwise) : Path.of(value);
  }
}
