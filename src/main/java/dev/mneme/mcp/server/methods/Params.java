package dev.mneme.mcp.server.methods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.RpcException;

/** Reads the params of a request, or says what is wrong with them. */
public final class Params {
  private Params() {}

  public static String text(ObjectNode params, String name) {
    JsonNode value = params.get(name);
    if (value == null || !value.isTextual()) {
      throw invalid("The params need '" + name + "', a string.");
    }
    return value.asText();
  }

  /** An object, which may be left out. */
  public static ObjectNode object(ObjectNode params, String name) {
    JsonNode value = params.get(name);
    if (value == null || value.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw invalid("'" + name + "' in the params is an object.");
  }

  /** For lists that have one page only. */
  public static void refuseCursor(ObjectNode params) {
    if (params.hasNonNull("cursor")) {
      throw invalid("This list has one page, so there is no such cursor.");
    }
  }

  public static RpcException invalid(String message) {
    return new RpcException(RpcError.of(RpcError.INVALID_PARAMS, message));
  }
}
