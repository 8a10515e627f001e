package dev.mneme.relay;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code mneme mcp} was called with.
 *
 * @param agent the agent whose memory is meant where a call names none, or null
 */
record RelayArguments(Path data, @Nullable String agent) {
  static @Nullable RelayArguments parse(String[] args) {
    String data = System.getenv("MNEME_DATA");
    String agent = System.getenv("MNEME_AGENT");
    for (int i = 0; i < args.length; i++) {
      String name = args[i];
      String value = null;
      int equals = name.indexOf('=');
      if (name.startsWith("--") && equals > 0) {
        value = name.substring(equals + 1);
        name = name.substring(0, equals);
      } else if (i + 1 < args.length) {
        value = args[++i];
      }
      if (value == null || value.isEmpty()) {
        return null;
      }
      switch (name) {
        case "--data" -> data = value;
        case "--agent" -> agent = value;
        default -> {
          return null;
        }
      }
    }
    Path folder = data == null || data.isBlank() ? home().resolve(".mneme") : Path.of(data);
    return new RelayArguments(folder.toAbsolutePath().normalize(), agent);
  }

  private static Path home() {
    String home = System.getenv("HOME");
    return Path.of(home == null ? System.getProperty("user.home") : home);
  }

  OwnerFolder folder() {
    return new OwnerFolder(data);
  }

  String[] startOwner() {
    String launcher = System.getenv("MNEME_LAUNCHER");
    return new String[] {
      "/bin/sh", launcher == null ? "mneme" : launcher, "owner", "--data", data.toString()
    };
  }
}
