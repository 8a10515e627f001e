package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;

/** Hears what a transport brings. Called on any thread; returns quickly and does not throw. */
public interface Inbox {
  /**
   * @param within the request in whose answer it came, where the transport tells them apart
   */
  void message(ObjectNode message, OptionalLong within);

  /** A message that was sent will never be answered; others may be. */
  void failed(JsonNode id, CallFailed failure);

  /** Nothing more will come. May be told more than once; the first reason counts. */
  void closed(String reason);
}
