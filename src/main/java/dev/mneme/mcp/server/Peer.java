package dev.mneme.mcp.server;

import java.util.Map;

/** The client's end of a session, as an era's adapter reaches it. */
public interface Peer {
  /** Sends a notification, waiting for a slow client; does nothing when it cannot be reached. */
  void send(String method, Map<String, Object> params);

  /** Whether it is at the end of a line that lasts, such as a relay's; else of single requests. */
  default boolean isLine() {
    return false;
  }
}
