package dev.mneme.mcp.client.wire;

import java.io.IOException;
import java.io.InputStream;

/** What a program says beside the protocol: read now and then, the end of it is kept. */
final class ErrorStream {
  private static final int KEEP_EVERY = 10;
  private static final int AT_ONCE = 64 * 1024;

  private final InputStream stream;
  private final Tail tail;
  private int looks;
  private boolean closed;

  ErrorStream(InputStream stream, Tail tail) {
    this.stream = stream;
    this.tail = tail;
  }

  /** Takes what there is; whether to look again. */
  synchronized boolean look() {
    boolean open = !closed && read();
    if (++looks % KEEP_EVERY == 0) {
      tail.keep();
    }
    return open;
  }

  /** Takes what is left. */
  synchronized void close() {
    if (!closed) {
      closed = true;
      read();
      tail.keep();
    }
  }

  private boolean read() {
    try {
      int there = Math.min(stream.available(), AT_ONCE);
      if (there > 0) {
        byte[] bytes = stream.readNBytes(there);
        tail.add(bytes, bytes.length);
      }
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
