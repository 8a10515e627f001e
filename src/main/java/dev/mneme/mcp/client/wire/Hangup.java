package dev.mneme.mcp.client.wire;

import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.net.OutboundResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets whoever closes a connection end the wait for an answer that has not begun: until then there
 * is nothing to close. For one thread that waits at a time, a virtual one: interrupting it closes
 * its socket. Who gets an answer looks whether it was closed meanwhile. Thread-safe.
 */
final class Hangup {
  private @Nullable Thread waiting;
  private boolean closed;

  /** Sends, and waits until an answer begins or {@link #close} is called. */
  OutboundResponse await(Supplier<OutboundResponse> sending) throws CallFailed {
    synchronized (this) {
      if (closed) {
        throw new CallFailed(Reason.CLOSED, "the connection was closed");
      }
      waiting = Thread.currentThread();
    }
    try {
      return sending.get();
    } finally {
      done();
    }
  }

  /** What comes after the wait is not disturbed by its end. */
  private synchronized void done() {
    waiting = null;
    if (closed) {
      boolean _ = Thread.interrupted();
    }
  }

  synchronized void close() {
    closed = true;
    if (waiting != null) {
      waiting.interrupt();
    }
  }
}
