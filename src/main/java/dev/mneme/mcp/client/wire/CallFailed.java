package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** A request to another server got no result. */
public final class CallFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The server answered with an error. */
    REFUSED,
    /** The server wants somebody to log in first. */
    UNAUTHORIZED,
    TIMEOUT,
    CANCELLED,
    /** The connection is gone, or never was there. */
    CLOSED,
    /** The server does not know the session any more; it did nothing. */
    SESSION_LOST,
    /** What came back breaks the protocol or a limit. */
    BROKEN,
    /** The server wanted something of us that it is not given. */
    WITHHELD
  }

  private final Reason reason;
  private final int code;
  private final transient JsonNode data;

  public CallFailed(Reason reason, String message) {
    this(reason, message, 0, MissingNode.getInstance());
  }

  CallFailed(Reason reason, String message, int code, JsonNode data) {
    super(message);
    this.reason = reason;
    this.code = code;
    this.data = data;
  }

  public Reason reason() {
    return reason;
  }

  /** The JSON-RPC code of an answer that refused; else 0. */
  public int code() {
    return code;
  }

  /** What an answer that refused says besides. */
  JsonNode data() {
    return data;
  }

  public String message() {
    String message = getMessage();
    return message == null ? reason.name() : message;
  }
}
