package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.SessionState;
import dev.mneme.tool.ToolOutcome;
import java.util.Optional;

/** What Python code answered, as a reply. Its words are data: they may quote anybody. */
final class Outcomes {
  private Outcomes() {}

  /** A result in the form of the tool's own output schema. */
  static ToolReply own(String name, ObjectNode value, ToolOutcome.Success success) {
    return ToolReply.of(value, text(name, success)).with(success.artifacts());
  }

  /** A result without a known form, as {@code {"result": …}}. */
  static ToolReply plain(String name, ToolOutcome.Success success) {
    String text = success.value().isTextual() ? success.value().asText() : text(name, success);
    String shown = success.value().isTextual() ? Fence.around(name, text) : text;
    return new ToolReply(Optional.empty(), shown, false).with(success.artifacts());
  }

  static ToolReply wrapped(String name, ToolOutcome.Success success) {
    return wrapped(name, success, Optional.empty(), Optional.empty());
  }

  /**
   * As above.
   *
   * @param place where it ran, for those who want to know what was around the code
   * @param session the one it ran in
   */
  static ToolReply wrapped(
      String name,
      ToolOutcome.Success success,
      Optional<String> place,
      Optional<SessionState> session) {
    ObjectNode structured = JsonNodeFactory.instance.objectNode();
    structured.set("result", success.value());
    if (!success.stdout().isEmpty()) {
      structured.put("stdout", success.stdout());
    }
    if (!success.stderr().isEmpty()) {
      structured.put("stderr", success.stderr());
    }
    if (!success.artifacts().isEmpty()) {
      ArrayNode files = structured.putArray("files");
      for (Artifact file : success.artifacts()) {
        ObjectNode one = files.addObject().put("name", file.name());
        file.id().ifPresent(id -> one.put("id", id));
      }
    }
    place.ifPresent(backend -> structured.put("sandbox", backend));
    session.ifPresent(state -> structured.put("session", state.text()));
    String said = session.map(state -> "(" + state.text() + ")\n").orElse("");
    return ToolReply.of(structured, said + text(name, success)).with(success.artifacts());
  }

  static ToolReply failed(String name, ToolOutcome.Failure failure) {
    return failed(name, failure, Optional.empty());
  }

  /** As above, for a script that may have run in a session. */
  static ToolReply failed(
      String name, ToolOutcome.Failure failure, Optional<SessionState> session) {
    StringBuilder text = new StringBuilder("Error (");
    text.append(code(failure.reason())).append("): ").append(failure.message());
    session.ifPresent(state -> text.append("\n(").append(state.text()).append(')'));
    StringBuilder said = new StringBuilder();
    append(said, "", failure.traceback());
    append(said, "stdout:\n", failure.stdout());
    append(said, "stderr:\n", failure.stderr());
    if (!said.isEmpty()) {
      text.append('\n').append(Fence.around(name, said.toString()));
    }
    return ToolReply.error(text.toString());
  }

  private static String text(String name, ToolOutcome.Success success) {
    StringBuilder said = new StringBuilder();
    append(said, "stdout:\n", success.stdout());
    append(said, "stderr:\n", success.stderr());
    String value = Json.write(success.value());
    append(said, said.isEmpty() ? "" : "result:\n", value);
    for (Artifact file : success.artifacts()) {
      String id = file.id().map(kept -> ", id " + kept).orElse("");
      append(
          said,
          "file: ",
          file.name() + " (" + file.mediaType() + ", " + file.bytes() + " bytes" + id + ")");
    }
    return Fence.around(name, said.toString());
  }

  private static void append(StringBuilder all, String heading, String text) {
    if (!text.isBlank()) {
      all.append(all.isEmpty() ? "" : "\n").append(heading).append(text.strip());
    }
  }

  private static String code(ToolOutcome.Reason reason) {
    return switch (reason) {
      case ERROR -> "tool_failed";
      case TIMEOUT -> "timeout";
      case LIMIT -> "limit";
      case CANCELLED -> "cancelled";
      case UNAVAILABLE -> "unavailable";
    };
  }
}
