package dev.mneme.mcp.server.modern;

import dev.mneme.mcp.server.RpcError;

/** A request that was not understood, as opposed to one that could not be done. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RpcError error;

  Refused(RpcError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  RpcError error() {
    return error;
  }
}
