package dev.mneme.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;

/** Arguments of earlier tool requests on their way back; providers refuse what is no object. */
public final class SafeArguments {
  private SafeArguments() {}

  public static ObjectNode object(String arguments) {
    try {
      JsonNode parsed = Json.parse(arguments);
      if (parsed.isObject()) {
        return (ObjectNode) parsed;
      }
    } catch (MnemeException _) {
      // The model was told; it may see what it wrote.
    }
    return Json.mapper().createObjectNode().put("malformed", arguments);
  }

  public static String text(String arguments) {
    ObjectNode object = object(arguments);
    return object.has("malformed") ? Json.write(object) : arguments;
  }
}
