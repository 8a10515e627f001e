package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A message that cannot be served, with the answer to give. */
public final class RpcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RpcError error;
  private final transient Optional<JsonNode> id;

  public RpcException(RpcError error) {
    this(error, Optional.empty());
  }

  RpcException(RpcError error, Optional<JsonNode> id) {
    // Thrown for hostile input, so it does not pay for a stack trace.
    super(error.message(), null, false, false);
    this.error = error;
    this.id = id;
  }

  public RpcError error() {
    return error;
  }

  /** The id of the message, where it had a usable one. */
  Optional<JsonNode> id() {
    return id;
  }
}
