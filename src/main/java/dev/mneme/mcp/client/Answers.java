package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Texts;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.ToolOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What a server answered, as the outcome of a tool: its texts, and its pictures as files. */
final class Answers {
  private static final int MAX_FILES = 16;
  private static final int MAX_FILE = 8 << 20;

  private Answers() {}

  /**
   * @param most characters of the text that are shown; a longer one becomes a file
   */
  static ToolOutcome outcome(String tool, ObjectNode result, int most) {
    StringBuilder text = new StringBuilder();
    List<Artifact> files = new ArrayList<>();
    int number = 0;
    for (JsonNode item : result.path("content")) {
      number++;
      switch (item.path("type").asText("")) {
        case "text" -> append(text, item.path("text").asText(""));
        case "image", "audio" ->
            append(text, kept(files, tool, number, item.path("mimeType"), item.path("data")));
        case "resource" -> resource(text, files, tool, number, item.path("resource"));
        case "resource_link" ->
            append(
                text,
                "[" + item.path("name").asText("") + ": " + item.path("uri").asText("") + "]");
        default -> append(text, "[content of an unknown kind]");
      }
    }
    JsonNode structured = result.path("structuredContent");
    if (text.isEmpty() && structured.isObject()) {
      append(text, Json.write(structured));
    }
    String shown = cut(tool, text.toString(), most, files);
    if (result.path("isError").asBoolean(false)) {
      return new ToolOutcome.Failure(
          ToolOutcome.Reason.ERROR, shown.isEmpty() ? "The tool failed." : shown, "", "", "");
    }
    return new ToolOutcome.Success(JsonNodeFactory.instance.textNode(shown), "", "", files);
  }

  private static void resource(
      StringBuilder text, List<Artifact> files, String tool, int number, JsonNode resource) {
    if (resource.path("text").isTextual()) {
      append(text, resource.path("text").asText());
    } else {
      append(text, kept(files, tool, number, resource.path("mimeType"), resource.path("blob")));
    }
  }

  /** What is said in the text of a file. */
  private static String kept(
      List<Artifact> files, String tool, int number, JsonNode type, JsonNode data) {
    Optional<Artifact> file =
        file(tool, number, type.asText("application/octet-stream"), data.asText(""));
    if (file.isEmpty() || files.size() >= MAX_FILES) {
      return "[a file that cannot be shown]";
    }
    files.add(file.get());
    return "[" + file.get().mediaType() + ", " + file.get().bytes() + " bytes]";
  }

  private static Optional<Artifact> file(String tool, int number, String type, String base64) {
    if (base64.length() > MAX_FILE / 3 * 4 || !type.matches("[\\w.+-]{1,60}/[\\w.+-]{1,60}")) {
      return Optional.empty();
    }
    try {
      Base64.getDecoder().decode(base64);
      return Optional.of(new Artifact(tool + "-" + number, type, base64));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String cut(String tool, String text, int most, List<Artifact> files) {
    if (text.length() <= most) {
      return text;
    }
    String note = "… [cut: " + text.length() + " > " + most + " characters";
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    if (all.length > MAX_FILE || files.size() >= MAX_FILES) {
      return Texts.head(text, most) + note + "]";
    }
    String name = tool + "-answer.txt";
    files.add(new Artifact(name, "text/plain", Base64.getEncoder().encodeToString(all)));
    return Texts.head(text, most) + note + "; the whole is the file " + name + "]";
  }

  private static void append(StringBuilder all, String text) {
    all.append(all.isEmpty() || text.isEmpty() ? "" : "\n").append(text);
  }
}
