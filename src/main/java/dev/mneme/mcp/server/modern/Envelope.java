package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.Message;
import dev.mneme.mcp.server.catalog.ClientInfo;
import dev.mneme.mcp.server.methods.Params;
import java.util.Optional;

/**
 * What each request says of its client.
 *
 * @param capabilities what may be asked of the client; not to be changed
 * @param logLevel from which on it wants to hear what tools log; absent: nothing
 * @param progressToken a string or a number, where it wants to hear of progress
 */
record Envelope(
    String version,
    ClientInfo client,
    ObjectNode capabilities,
    Optional<String> logLevel,
    Optional<JsonNode> progressToken) {
  private static final String PREFIX = "io.modelcontextprotocol/";

  /** Whether the client declared an extension. */
  boolean extended(String extension) {
    return capabilities.path("extensions").has(extension);
  }

  /**
   * @throws dev.mneme.mcp.server.RpcException when something that is required is missing
   */
  static Envelope of(Message.Request request) {
    JsonNode meta = request.params().path("_meta");
    JsonNode version = meta.path(PREFIX + "protocolVersion");
    if (!version.isTextual()) {
      throw Params.invalid("params._meta needs '" + PREFIX + "protocolVersion', a string.");
    }
    if (!(meta.path(PREFIX + "clientCapabilities") instanceof ObjectNode capabilities)) {
      throw Params.invalid("params._meta needs '" + PREFIX + "clientCapabilities', an object.");
    }
    JsonNode client = meta.path(PREFIX + "clientInfo");
    JsonNode token = meta.path("progressToken");
    return new Envelope(
        version.asText(),
        new ClientInfo(client.path("name").asText("client"), client.path("version").asText("")),
        capabilities,
        Optional.ofNullable(meta.path(PREFIX + "logLevel").textValue()),
        token.isTextual() || token.isIntegralNumber() ? Optional.of(token) : Optional.empty());
  }
}
