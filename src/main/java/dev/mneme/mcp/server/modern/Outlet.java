package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.Heart;

/** The way back to the client of one request. Thread-safe. */
abstract class Outlet implements Heart.Beating {
  private volatile boolean cancelled;
  private volatile Runnable cancel = () -> {};

  /** Sends a notification about the request; nothing once it is over or cancelled. */
  abstract void note(ObjectNode message);

  /** What is to be done when the client does not want the answer any more. */
  final void onCancel(Runnable work) {
    cancel = work;
    if (cancelled) {
      work.run();
    }
  }

  final void cancel() {
    cancelled = true;
    cancel.run();
  }

  final boolean isCancelled() {
    return cancelled;
  }
}
