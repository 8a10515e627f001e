package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;

/** A call of a tool on the {@link ToolShelf}, as {@code call_tool} is given it. */
public record ShelfCall(String name, ObjectNode arguments) {
  /**
   * Reads the arguments of {@code call_tool}. Arguments that a model wrote as a text of JSON are
   * taken for what they mean.
   *
   * @throws MnemeException {@code invalid_arguments}
   */
  public static ShelfCall of(ObjectNode given) {
    JsonNode name = given.path("name");
    JsonNode arguments = given.path("arguments");
    if (!name.isTextual() || name.asText().isBlank()) {
      throw invalid("'name' has to be the name of a tool");
    }
    if (arguments.isTextual()) {
      arguments = parsed(arguments.asText());
    }
    if (arguments.isMissingNode() || arguments.isNull()) {
      arguments = JsonNodeFactory.instance.objectNode();
    }
    if (!(arguments instanceof ObjectNode object)) {
      throw invalid("'arguments' has to be an object, as the tool " + name.asText() + " takes it");
    }
    return new ShelfCall(name.asText().strip(), object);
  }

  private static JsonNode parsed(String text) {
    try {
      return Json.parse(text);
    } catch (MnemeException _) {
      throw invalid("'arguments' has to be an object");
    }
  }

  private static MnemeException invalid(String problem) {
    return MnemeException.invalid(
        "invalid_arguments",
        "The arguments do not fit "
            + ToolShelf.CALL
            + ": "
            + problem
            + "; it takes name and arguments.");
  }
}
