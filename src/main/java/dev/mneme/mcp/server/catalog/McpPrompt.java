package dev.mneme.mcp.server.catalog;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A prompt the user picks, such as a slash command.
 *
 * @param text makes the one user message from the arguments given
 */
public record McpPrompt(
    String name,
    String title,
    String description,
    List<Argument> arguments,
    Function<Map<String, String>, String> text) {
  public McpPrompt {
    arguments = List.copyOf(arguments);
  }

  /** What the user may fill in. */
  public record Argument(String name, String title, String description, boolean required) {}
}
