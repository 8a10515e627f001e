package dev.mneme.mcp.server.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.tool.Artifact;
import java.util.List;
import java.util.Optional;

/**
 * What a tool answers.
 *
 * @param structured fits the tool's output schema; absent for errors and plain text
 * @param text for the model; never empty
 * @param isError whether the tool failed; the model sees the text and goes on
 * @param files what the tool's code made, shown beside the text
 * @param place the back end the tool's code ran in; absent where none did
 */
public record ToolReply(
    Optional<ObjectNode> structured,
    String text,
    boolean isError,
    List<Artifact> files,
    Optional<String> place) {
  public ToolReply {
    files = List.copyOf(files);
  }

  public ToolReply(Optional<ObjectNode> structured, String text, boolean isError) {
    this(structured, text, isError, List.of(), Optional.empty());
  }

  public ToolReply with(List<Artifact> more) {
    return new ToolReply(structured, text, isError, more, place);
  }

  public ToolReply ranIn(Optional<String> backend) {
    return new ToolReply(structured, text, isError, files, backend);
  }

  /** A structured answer whose text is the same JSON, for clients that show text only. */
  public static ToolReply of(ObjectNode structured) {
    return new ToolReply(Optional.of(structured), Json.write(structured), false);
  }

  public static ToolReply of(ObjectNode structured, String text) {
    return new ToolReply(Optional.of(structured), text, false);
  }

  public static ToolReply error(String text) {
    return new ToolReply(Optional.empty(), text, true);
  }

  /** The one mapping of a service's error to what the model reads. */
  public static ToolReply error(MnemeException error) {
    StringBuilder text = new StringBuilder();
    text.append("Error (").append(error.code()).append("): ").append(error.message());
    error
        .details()
        .forEach((name, value) ->
            text.append('\n')
                .append(name)
                .append(": ")
                .append(value instanceof String plain ? plain : Json.write(value)));
    return error(text.toString());
  }
}
