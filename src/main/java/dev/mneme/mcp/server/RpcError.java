package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A JSON-RPC error: the message itself was wrong, as opposed to a tool that failed.
 *
 * @param data more for programs, where there is more
 */
public record RpcError(int code, String message, Optional<ObjectNode> data) {
  public static final int PARSE = -32700;
  public static final int INVALID_REQUEST = -32600;
  public static final int METHOD_NOT_FOUND = -32601;
  public static final int INVALID_PARAMS = -32602;
  public static final int INTERNAL = -32603;

  /** Of this server: a limit of sessions or calls was reached. */
  public static final int LIMIT = -32000;

  /** Of this server, as other servers use it: the session is not known (any more). */
  public static final int SESSION_NOT_FOUND = -32001;

  /** Of this server: the token of the request does not allow it. */
  public static final int FORBIDDEN = -32003;

  /** Of MCP: there is no such resource. */
  public static final int RESOURCE_NOT_FOUND = -32002;

  /** Of MCP: headers do not say what the body says. */
  public static final int HEADER_MISMATCH = -32020;

  /** Of MCP: the client has not declared what the request needs. */
  public static final int MISSING_CAPABILITY = -32021;

  /** Of MCP: the revision named is not served. */
  public static final int UNSUPPORTED_VERSION = -32022;

  public static RpcError of(int code, String message) {
    return new RpcError(code, message, Optional.empty());
  }

  static RpcError unsupportedVersion(String requested, List<String> supported) {
    return new RpcError(
        INVALID_REQUEST,
        "This protocol version is not served. Send initialize with one of the supported versions.",
        Optional.of(versions(requested, supported)));
  }

  /** For requests that name their version each. */
  public static RpcError unsupportedModernVersion(String requested, List<String> supported) {
    return new RpcError(
        UNSUPPORTED_VERSION,
        "This protocol version is not served. Use one of the supported versions, or initialize.",
        Optional.of(versions(requested, supported)));
  }

  private static ObjectNode versions(String requested, List<String> supported) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("requested", Texts.head(requested, 40));
    supported.forEach(data.putArray("supported")::add);
    return data;
  }

  /** The client has to declare a capability for this request. */
  public static RpcError missingCapability(String capability) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.putObject("requiredCapabilities").putObject(capability);
    return new RpcError(
        MISSING_CAPABILITY,
        "This needs a client with the capability '" + capability + "'.",
        Optional.of(data));
  }

  /** The client has to declare an extension for this request. */
  public static RpcError missingExtension(String extension) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.putObject("requiredCapabilities").putObject("extensions").putObject(extension);
    return new RpcError(
        MISSING_CAPABILITY,
        "This needs a client with the extension '" + extension + "'.",
        Optional.of(data));
  }

  /** The whole answer as JSON. */
  public byte[] answer(Optional<JsonNode> id) {
    return Json.write(message(id)).getBytes(StandardCharsets.UTF_8);
  }

  /** The whole answer. */
  public ObjectNode message(Optional<JsonNode> id) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("jsonrpc", "2.0");
    answer.set("id", id.orElse(NullNode.getInstance()));
    ObjectNode error = answer.putObject("error");
    error.put("code", code);
    error.put("message", message);
    data.ifPresent(more -> error.set("data", more));
    return answer;
  }
}
