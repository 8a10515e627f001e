package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Sha256;
import dev.mneme.tool.ToolHints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tool as its server describes it: all of it that a model could come to read. Two descriptions
 * that differ in the order of keys alone are the same.
 *
 * @param json in a fixed order of keys; not to be changed
 * @param text the same, written once for all calls
 */
public record Definition(String name, ObjectNode json, String text, String sha256) {
  private static final int MAX_NAME = 128;
  private static final int MAX_DESCRIPTION = 20_000;
  private static final int MAX_JSON = 256 * 1024;
  private static final int MAX_DEPTH = 40;
  private static final List<String> KEPT =
      List.of("annotations", "description", "inputSchema", "name", "outputSchema", "title");

  /** What is not used, and why. */
  record Refused(String tool, String why) {}

  /** Reads what a server sent. */
  static Definition of(ObjectNode sent) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    KEPT.forEach(key -> {
      if (sent.hasNonNull(key)) {
        kept.set(key, sorted(sent.get(key), 0));
      }
    });
    String text = Json.write(kept);
    return new Definition(sent.path("name").asText(""), kept, text, Sha256.hex(text));
  }

  static Definition parse(String json) {
    return of((ObjectNode) Json.parse(json));
  }

  /** Why a tool described so cannot be offered. */
  static Optional<String> problem(ObjectNode sent) {
    String name = sent.path("name").asText("");
    if (name.isBlank()
        || name.length() > MAX_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("its name is empty, longer than " + MAX_NAME + " characters, or not text");
    }
    if (sent.path("description").asText("").length() > MAX_DESCRIPTION) {
      return Optional.of("its description has more than " + MAX_DESCRIPTION + " characters");
    }
    JsonNode schema = sent.path("inputSchema");
    if (!schema.path("type").asText("").equals("object")) {
      return Optional.of("its inputSchema is not of type object");
    }
    if (depth(sent, 0) > MAX_DEPTH) {
      return Optional.of("its definition is nested deeper than " + MAX_DEPTH);
    }
    if (Json.write(sent).length() > MAX_JSON) {
      return Optional.of("its definition has more than " + MAX_JSON + " characters");
    }
    return pointsOutside(schema)
        ? Optional.of("its schema points to another document, which is not fetched")
        : Optional.empty();
  }

  /** What is shown of it until somebody has looked at what it says. */
  Definition withheld(String why) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode().put("name", name);
    shown.put(
        "description",
        "Held back, as "
            + why
            + ". Whoever keeps this server looks at it and approves it: mneme mcp-servers pins");
    shown.putObject("inputSchema").put("type", "object");
    return of(shown);
  }

  public String description() {
    return json.path("description").asText("");
  }

  public String title() {
    String inner = json.path("annotations").path("title").asText("");
    return json.path("title").asText(inner.isEmpty() ? name : inner);
  }

  /** What its server says of it; what is not said is the worst, as the protocol has it. */
  ToolHints hints() {
    JsonNode said = json.path("annotations");
    ToolHints worst = ToolHints.ANYTHING;
    return new ToolHints(
        said.path("readOnlyHint").asBoolean(worst.readOnly()),
        said.path("destructiveHint").asBoolean(worst.destructive()),
        said.path("idempotentHint").asBoolean(worst.idempotent()),
        said.path("openWorldHint").asBoolean(worst.openWorld()));
  }

  public ObjectNode inputSchema() {
    return (ObjectNode) json.path("inputSchema");
  }

  private static JsonNode sorted(JsonNode node, int depth) {
    if (node instanceof ObjectNode object && depth < MAX_DEPTH) {
      ObjectNode ordered = JsonNodeFactory.instance.objectNode();
      List<String> keys = new ArrayList<>();
      object.fieldNames().forEachRemaining(keys::add);
      keys.stream().sorted().forEach(key -> ordered.set(key, sorted(object.get(key), depth + 1)));
      return ordered;
    }
    if (node instanceof ArrayNode array && depth < MAX_DEPTH) {
      ArrayNode ordered = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(item -> ordered.add(sorted(item, depth + 1)));
      return ordered;
    }
    return node;
  }

  private static int depth(JsonNode node, int above) {
    if (above > MAX_DEPTH) {
      return above;
    }
    int deepest = above;
    for (JsonNode child : node) {
      deepest = Math.max(deepest, depth(child, above + 1));
    }
    return deepest;
  }

  private static boolean pointsOutside(JsonNode node) {
    JsonNode reference = node.path("$ref");
    if (reference.isTextual() && !reference.asText().startsWith("#")) {
      return true;
    }
    for (JsonNode child : node) {
      if (pointsOutside(child)) {
        return true;
      }
    }
    return false;
  }
}
