package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mneme.common.MnemeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Holds arguments against a tool's input schema. Thread-safe; a schema is compiled once.
 *
 * <p>Two habits of models are forgiven: null for an argument that may be left out, and {@code 5.0}
 * for a whole number.
 */
public final class ArgumentCheck {
  private static final int MAX_ERRORS = 8;
  private static final int MAX_COMPILED = 1_000;

  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<ObjectNode, Schema> compiled = new ConcurrentHashMap<>();

  /** The arguments to call with. */
  ObjectNode check(LibraryTool tool, ObjectNode given) {
    return check(tool.name(), tool.inputSchema(), given);
  }

  /**
   * As above.
   *
   * @throws MnemeException {@code invalid_arguments}, naming all that is wrong
   */
  public ObjectNode check(String tool, ObjectNode schema, ObjectNode given) {
    ObjectNode arguments = forgive(schema, given);
    List<Error> errors = schema(schema).validate(arguments);
    if (errors.isEmpty()) {
      return arguments;
    }
    String text =
        errors.stream()
            .map(error -> describe(schema, error))
            .distinct()
            .limit(MAX_ERRORS)
            .collect(Collectors.joining("; "));
    throw MnemeException.invalid(
        "invalid_arguments", "The arguments do not fit " + tool + ": " + text + ".");
  }

  private Schema schema(ObjectNode node) {
    if (compiled.size() > MAX_COMPILED) {
      compiled.clear();
    }
    return compiled.computeIfAbsent(node, schemas::getSchema);
  }

  private static ObjectNode forgive(ObjectNode schema, ObjectNode given) {
    ObjectNode arguments = given.deepCopy();
    List<String> required = schema.path("required").valueStream().map(JsonNode::asText).toList();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode value = arguments.path(property.getKey());
      if (value.isNull() && !required.contains(property.getKey())) {
        arguments.remove(property.getKey());
      } else if (value.isFloatingPointNumber()
          && property.getValue().path("type").asText().equals("integer")
          && value.canConvertToExactIntegral()) {
        arguments.put(property.getKey(), value.decimalValue().toBigIntegerExact());
      }
    }
    return arguments;
  }

  private static String describe(ObjectNode schema, Error error) {
    String place = String.valueOf(error.getInstanceLocation());
    String where = place.isEmpty() || place.equals("/") ? "" : place.substring(1).replace('/', '.');
    String name = String.valueOf(error.getProperty());
    return switch (String.valueOf(error.getKeyword())) {
      case "required" -> "`" + join(where, name) + "` is missing";
      case "additionalProperties" ->
          "`" + join(where, name) + "` is not an argument" + known(schema, where);
      default ->
          (where.isEmpty() ? "they" : "`" + where + "`") + " " + withoutPlace(error.getMessage());
    };
  }

  private static String known(ObjectNode schema, String where) {
    if (!where.isEmpty()) {
      return "";
    }
    return schema
        .path("properties")
        .propertyStream()
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", ", " (it takes ", ")"));
  }

  private static String join(String where, String name) {
    return where.isEmpty() ? name : where + "." + name;
  }

  private static String withoutPlace(String message) {
    int colon = message.indexOf(": ");
    return colon >= 0 && message.startsWith("/") ? message.substring(colon + 2) : message;
  }
}
