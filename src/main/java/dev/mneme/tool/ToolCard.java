package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Texts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody who wants to call a tool has to know of it. Immutable.
 *
 * @param input JSON Schema of the arguments; not to be changed
 * @param output of the result, where it is known; not to be changed
 */
public record ToolCard(
    String name, String description, ObjectNode input, Optional<ObjectNode> output) {
  private static final int MAX_SCHEMA = 20_000;
  private static final Set<String> TYPES =
      Set.of("string", "integer", "number", "boolean", "array", "object", "null");

  public static ToolCard of(StoredTool tool) {
    ObjectNode input =
        tool.schema().path("parameters") instanceof ObjectNode given
            ? given
            : Json.mapper().createObjectNode().put("type", "object");
    return new ToolCard(tool.name(), tool.description(), input, Optional.empty());
  }

  /** As a Python function, a fraction as long as the schema. */
  public String signature() {
    return PythonStub.of(name, description, input, output);
  }

  /** The schema of the arguments, as a hint for who called with wrong ones. */
  public String hint() {
    return "The arguments of "
        + name
        + " have this JSON Schema: "
        + Texts.shorten(input.toString(), MAX_SCHEMA);
  }

  /**
   * Whether arguments plainly do not fit: one is missing, unknown or of another type. It looks at
   * the outermost level only, and runs nothing that a schema from elsewhere says, such as a
   * pattern.
   */
  public boolean refuses(ObjectNode arguments) {
    JsonNode known = input.path("properties");
    for (JsonNode name : input.path("required")) {
      if (!arguments.has(name.asText())) {
        return true;
      }
    }
    boolean closed =
        input.path("additionalProperties").isBoolean()
            && !input.path("additionalProperties").asBoolean();
    for (Map.Entry<String, JsonNode> given : arguments.properties()) {
      JsonNode schema = known.path(given.getKey());
      if (schema.isMissingNode() ? closed : isOther(schema.path("type"), given.getValue())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOther(JsonNode type, JsonNode value) {
    if (!type.isTextual() || !TYPES.contains(type.asText())) {
      return false;
    }
    return !switch (type.asText()) {
      case "string" -> value.isTextual();
      case "integer", "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      default -> value.isNull();
    };
  }
}
