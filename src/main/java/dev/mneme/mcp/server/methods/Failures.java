package dev.mneme.mcp.server.methods;

import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.RpcError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one mapping of what a service throws to an error of the protocol. */
public final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  public static RpcError of(MnemeException error) {
    return switch (error.kind()) {
      case INVALID, NOT_FOUND, CONFLICT, DENIED ->
          RpcError.of(RpcError.INVALID_PARAMS, error.message());
      case LIMIT, UNAVAILABLE -> RpcError.of(RpcError.LIMIT, error.message());
      case INTERNAL -> {
        log.error("a request failed", error);
        yield defect();
      }
    };
  }

  /** The log has what happened; the caller only learns that it did. */
  public static RpcError defect() {
    return RpcError.of(RpcError.INTERNAL, "Mneme failed; its log says why.");
  }
}
