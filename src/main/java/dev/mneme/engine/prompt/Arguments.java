package dev.mneme.engine.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;

/** The arguments of a tool request, which a model wrote. */
public final class Arguments {
  private Arguments() {}

  /** An empty object where the text is none. */
  public static ObjectNode parse(String text) {
    try {
      return require(text);
    } catch (MnemeException _) {
      return Json.mapper().createObjectNode();
    }
  }

  /**
   * @throws MnemeException {@code invalid_arguments} where the text is no JSON object
   */
  public static ObjectNode require(String text) {
    JsonNode node = text.isBlank() ? Json.mapper().createObjectNode() : Json.parse(text);
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw MnemeException.invalid("invalid_arguments", "The arguments are no JSON object.");
  }
}
