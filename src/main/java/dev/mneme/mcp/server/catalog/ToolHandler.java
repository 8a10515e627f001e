package dev.mneme.mcp.server.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a tool does. Runs on a virtual thread, which is interrupted when the caller cancels. */
@FunctionalInterface
public interface ToolHandler {
  /**
   * @throws dev.mneme.common.MnemeException which the model sees as the tool's error
   */
  ToolReply call(CallContext context, ObjectNode arguments);
}
