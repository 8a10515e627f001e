package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.Message;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.RpcException;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers that repeat parts of a request. Whoever routes by them must not be deceived, so they
 * have to say what the body says.
 */
final class Headers {
  private static final String OPEN = "=?base64?";
  private static final String CLOSE = "?=";

  private Headers() {}

  static void check(Message.Request request, Envelope envelope, HttpServletRequest http) {
    same("MCP-Protocol-Version", http.getHeader("MCP-Protocol-Version"), envelope.version());
    same("Mcp-Method", http.getHeader("Mcp-Method"), request.method());
    String field =
        switch (request.method()) {
          case "tools/call", "prompts/get" -> "name";
          case "resources/read" -> "uri";
          case "tasks/get", "tasks/update", "tasks/cancel" -> "taskId";
          default -> "";
        };
    JsonNode name = request.params().path(field);
    if (name.isTextual()) {
      same("Mcp-Name", decoded("Mcp-Name", http.getHeader("Mcp-Name")), name.asText());
    }
  }

  /** Checks the headers a tool's schema asks for with {@code x-mcp-header}. */
  static void checkParams(JsonNode schema, JsonNode arguments, HttpServletRequest http) {
    if (!(schema.path("properties") instanceof ObjectNode properties)) {
      return;
    }
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      JsonNode value = arguments.path(property.getKey());
      JsonNode header = property.getValue().path("x-mcp-header");
      if (header.isTextual()) {
        checkParam("Mcp-Param-" + header.asText(), value, http);
      }
      checkParams(property.getValue(), value, http);
    }
  }

  private static void checkParam(String header, JsonNode value, HttpServletRequest http) {
    String given = decoded(header, http.getHeader(header));
    if (value.isNull() || value.isMissingNode()) {
      if (given != null) {
        throw mismatch(header + " is sent, but the body has no such argument.");
      }
    } else if (!value.isNumber() || given == null || !sameNumber(given, value)) {
      same(header, given, value.asText());
    }
  }

  private static boolean sameNumber(String given, JsonNode value) {
    try {
      return given.length() < 40 && new BigDecimal(given).compareTo(value.decimalValue()) == 0;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static void same(String header, @Nullable String given, String body) {
    if (given == null) {
      throw mismatch(header + " is missing.");
    }
    if (!given.strip().equals(body)) {
      throw mismatch(header + " does not say what the body says.");
    }
  }

  /** Strictly: what a proxy and this server decode differently is refused. */
  private static @Nullable String decoded(String header, @Nullable String given) {
    String text = given == null ? "" : given.strip();
    if (!text.startsWith(OPEN)
        || !text.endsWith(CLOSE)
        || text.length() < OPEN.length() + CLOSE.length()) {
      return given;
    }
    String base64 = text.substring(OPEN.length(), text.length() - CLOSE.length());
    try {
      if (base64.length() % 4 == 0) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      }
    } catch (IllegalArgumentException _) {
      // Answered below.
    }
    throw mismatch(header + " is not valid base64.");
  }

  private static RpcException mismatch(String message) {
    return new RpcException(RpcError.of(RpcError.HEADER_MISMATCH, "Header mismatch: " + message));
  }
}
