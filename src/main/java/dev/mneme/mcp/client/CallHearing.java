package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.client.wire.CallListener;
import dev.mneme.tool.ToolListener;

/** Passes on to the caller of a tool what its server tells and asks meanwhile. */
record CallHearing(String server, ToolListener listener) implements CallListener {
  @Override
  public void progress(double progress, double total, String message) {
    listener.progress(progress, total, message);
  }

  @Override
  public void log(String level, String text) {
    listener.log(level, text);
  }

  @Override
  public ObjectNode elicit(ObjectNode params) {
    return Elicitation.answer(server, params, listener);
  }
}
