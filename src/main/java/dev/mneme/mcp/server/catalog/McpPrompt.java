package dev.mneme.mcp.server.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A prompt the user picks, such as a slash command.
 *
 * @param content makes the user messages from the arguments given
 */
public record McpPrompt(
    String name, String title, String description, List<Argument> arguments, Content content) {
  public McpPrompt {
    arguments = List.copyOf(arguments);
  }

  /** A prompt that is one text. */
  public McpPrompt(
      String name,
      String title,
      String description,
      List<Argument> arguments,
      Function<Map<String, String>, String> text) {
    this(
        name,
        title,
        description,
        arguments,
        (context, given) ->
            List.of(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "text")
                    .put("text", text.apply(given))));
  }

  /** What the messages hold, as content blocks of the protocol. */
  @FunctionalInterface
  public interface Content {
    List<ObjectNode> of(CallContext context, Map<String, String> arguments);
  }

  /** What the user may fill in. */
  public record Argument(String name, String title, String description, boolean required) {}
}
