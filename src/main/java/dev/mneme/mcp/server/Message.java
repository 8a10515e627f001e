package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One JSON-RPC message of a client, checked for its shape. */
public sealed interface Message {

  /**
   * @param id a string or a whole number
   * @param params empty where the message had none
   */
  record Request(JsonNode id, String method, ObjectNode params) implements Message {}

  record Notification(String method, ObjectNode params) implements Message {}

  /**
   * An answer to a request of the server.
   *
   * @param whole with its result or error
   */
  record Response(JsonNode id, ObjectNode whole) implements Message {}
}
