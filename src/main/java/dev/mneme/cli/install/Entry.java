package dev.mneme.cli.install;

import dev.mneme.common.MnemeException;
import java.util.List;

/**
 * What a client has to start.
 *
 * @param name the name of the server in the client
 * @param command the launcher's absolute path
 */
public record Entry(String name, String command, List<String> arguments) {
  public Entry {
    arguments = List.copyOf(arguments);
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw MnemeException.invalid(
          "invalid_name", "A server name has 1 to 64 letters, digits, '-' and '_', not: " + name);
    }
  }
}
