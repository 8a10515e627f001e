package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A tool as a Python function of {@code mneme.tools}: what a model reads before it writes a script,
 * a fraction as long as the JSON schema it is made from. All arguments go by name.
 */
public final class PythonStub {
  private static final int MAX_DESCRIPTION = 400;
  private static final int MAX_ARGUMENT = 160;
  private static final int MAX_DEPTH = 3;
  private static final int MAX_CHOICES = 12;

  private PythonStub() {}

  public static String of(LibraryTool tool) {
    return of(tool.name(), tool.description(), tool.inputSchema(), tool.outputSchema());
  }

  static String of(String name, String description, ObjectNode input, Optional<ObjectNode> output) {
    Set<String> required = new HashSet<>();
    input.path("required").forEach(each -> required.add(each.asText()));
    List<String> signature = new ArrayList<>();
    List<String> explained = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : input.path("properties").properties()) {
      signature.add(argument(field.getKey(), field.getValue(), required.contains(field.getKey())));
      String about = firstLine(field.getValue().path("description").asText(), MAX_ARGUMENT);
      if (!about.isEmpty()) {
        explained.add("    " + field.getKey() + ": " + about);
      }
    }
    StringBuilder stub = new StringBuilder("def ").append(name).append('(');
    stub.append(signature.isEmpty() ? "" : "*, " + String.join(", ", signature));
    stub.append(") -> ").append(output.map(schema -> type(schema, 0)).orElse("object"));
    stub.append(":\n    \"\"\"").append(quoted(firstParagraph(description)));
    if (!explained.isEmpty()) {
      stub.append("\n\n").append(quoted(String.join("\n", explained))).append("\n    ");
    }
    return stub.append("\"\"\"").toString();
  }

  private static String argument(String name, JsonNode schema, boolean required) {
    String typed = name + ": " + type(schema, 0);
    if (schema.has("default")) {
      return typed + " = " + literal(schema.get("default"));
    }
    return required ? typed : typed + " = ...";
  }

  private static String type(JsonNode schema, int depth) {
    if (depth > MAX_DEPTH) {
      return "object";
    }
    if (schema.has("enum") && schema.get("enum").size() <= MAX_CHOICES) {
      List<String> values = new ArrayList<>();
      schema.get("enum").forEach(value -> values.add(literal(value)));
      return "Literal[" + String.join(", ", values) + "]";
    }
    JsonNode choices = schema.has("anyOf") ? schema.get("anyOf") : schema.path("oneOf");
    if (choices.isArray() && !choices.isEmpty()) {
      List<String> types = new ArrayList<>();
      choices.forEach(choice -> types.add(type(choice, depth + 1)));
      return types.stream().distinct().collect(Collectors.joining(" | "));
    }
    return switch (schema.path("type").asText()) {
      case "string" -> "str";
      case "integer" -> "int";
      case "number" -> "float";
      case "boolean" -> "bool";
      case "null" -> "None";
      case "array" ->
          schema.path("items").isObject()
              ? "list[" + type(schema.get("items"), depth + 1) + "]"
              : "list";
      case "object" -> object(schema, depth);
      default -> "object";
    };
  }

  /** The keys of a result tell more than the word dict does. */
  private static String object(JsonNode schema, int depth) {
    if (schema.path("additionalProperties").isObject()) {
      return "dict[str, " + type(schema.get("additionalProperties"), depth + 1) + "]";
    }
    JsonNode properties = schema.path("properties");
    if (properties.isEmpty() || properties.size() > MAX_CHOICES) {
      return "dict";
    }
    return properties.properties().stream()
        .map(field -> literal(field.getKey()) + ": " + type(field.getValue(), depth + 1))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String literal(String text) {
    return Json.write(text);
  }

  private static String literal(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> value.booleanValue() ? "True" : "False";
      case NULL -> "None";
      default -> Json.write(value);
    };
  }

  private static String firstParagraph(String text) {
    int end = text.indexOf("\n\n");
    return cut((end < 0 ? text : text.substring(0, end)).replace('\n', ' '), MAX_DESCRIPTION);
  }

  private static String firstLine(String text, int most) {
    return cut(text.lines().findFirst().orElse(""), most);
  }

  private static String cut(String text, int most) {
    return Texts.shorten(text, most);
  }

  /** A description is text from a file anybody may have written: it must not end the docstring. */
  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"\"\"", "'''");
  }
}
