package dev.mneme.memory;

import dev.mneme.common.MnemeException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A call of the {@code memory} tool, which shows blocks as files {@code /memories/<label>}.
 *
 * @param command create, str_replace, insert, delete or rename
 */
public record MemoryCommand(
    String command,
    Optional<String> path,
    Optional<String> fileText,
    Optional<String> description,
    Optional<String> oldString,
    Optional<String> newString,
    Optional<Integer> insertLine,
    Optional<String> insertText,
    Optional<String> oldPath,
    Optional<String> newPath) {
  private static final String FOLDER = "/memories/";

  /** From the arguments of the tool, as JSON gave them. */
  public static MemoryCommand of(Map<String, ?> arguments) {
    return new MemoryCommand(
        text(arguments, "command").orElse(""),
        text(arguments, "path"),
        text(arguments, "file_text"),
        text(arguments, "description"),
        text(arguments, "old_string"),
        text(arguments, "new_string"),
        line(arguments),
        text(arguments, "insert_text"),
        text(arguments, "old_path"),
        text(arguments, "new_path"));
  }

  String need(Optional<String> argument, String name) {
    return argument.orElseThrow(() ->
        MnemeException.invalid(
            "missing_argument",
            "The command '"
                + command.toLowerCase(Locale.ROOT)
                + "' needs '"
                + name
                + "'; add it."));
  }

  /** The label in a path, taken as it is. */
  static String label(String path) {
    String rest = path.startsWith(FOLDER) ? path.substring(FOLDER.length()) : path;
    return rest.startsWith("/") ? rest.substring(1) : rest;
  }

  /** The label in a path, where slashes within stand for underscores. */
  static String flatLabel(String path) {
    return label(path).replace('/', '_');
  }

  private static Optional<String> text(Map<String, ?> arguments, String name) {
    Object value = arguments.get(name);
    if (value != null && !(value instanceof String)) {
      throw MnemeException.invalid("invalid_argument", "'" + name + "' must be a string.");
    }
    return Optional.ofNullable((String) value);
  }

  private static Optional<Integer> line(Map<String, ?> arguments) {
    Object value = arguments.get("insert_line");
    if (value != null && !(value instanceof Integer)) {
      throw MnemeException.invalid("invalid_argument", "'insert_line' must be a whole number.");
    }
    return Optional.ofNullable((Integer) value);
  }
}
