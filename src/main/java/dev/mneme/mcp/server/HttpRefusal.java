package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** An HTTP request that is answered with a status and a JSON-RPC error, without an adapter. */
final class HttpRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient RpcError error;
  private final transient Optional<JsonNode> id;
  private final transient Optional<String> challenge;

  HttpRefusal(int status, String message) {
    this(status, RpcError.of(RpcError.INVALID_REQUEST, message), Optional.empty());
  }

  HttpRefusal(int status, RpcError error, Optional<JsonNode> id) {
    this(status, error, id, Optional.empty());
  }

  /**
   * @param challenge what would let the caller in, as {@code WWW-Authenticate} has it
   */
  HttpRefusal(int status, RpcError error, Optional<JsonNode> id, Optional<String> challenge) {
    super(error.message(), null, false, false);
    this.status = status;
    this.error = error;
    this.id = id;
    this.challenge = challenge;
  }

  Optional<String> challenge() {
    return challenge;
  }

  int status() {
    return status;
  }

  RpcError error() {
    return error;
  }

  Optional<JsonNode> id() {
    return id;
  }
}
