package dev.mneme.mcp.client.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the error streams of all programs with one thread: a look ten times a second costs less
 * than a thread for each, and slows down who floods. The thread lives while there is a stream.
 * Thread-safe.
 */
public final class ErrorStreams {
  private static final long EVERY_MILLIS = 100;
  private static final int KEEP_EVERY = 10;
  private static final int AT_ONCE = 64 * 1024;

  private final Map<InputStream, Tail> streams = new ConcurrentHashMap<>();
  private boolean running;

  synchronized void add(InputStream stream, Tail tail) {
    streams.put(stream, tail);
    if (!running) {
      running = true;
      Thread.ofVirtual().name("mcp-stderr").start(this::run);
    }
  }

  /** Takes what is left of a stream. */
  void remove(InputStream stream) {
    Tail tail = streams.remove(stream);
    if (tail != null) {
      read(stream, tail, new byte[AT_ONCE]);
      tail.keep();
    }
  }

  private void run() {
    byte[] buffer = new byte[AT_ONCE];
    for (int round = 1; more(); round++) {
      boolean keep = round % KEEP_EVERY == 0;
      streams.forEach((stream, tail) -> {
        if (!read(stream, tail, buffer)) {
          streams.remove(stream);
        }
        if (keep) {
          tail.keep();
        }
      });
      try {
        Thread.sleep(EVERY_MILLIS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private synchronized boolean more() {
    running = !streams.isEmpty();
    return running;
  }

  private static boolean read(InputStream stream, Tail tail, byte[] buffer) {
    try {
      int there = Math.min(stream.available(), buffer.length);
      if (there > 0) {
        int read = stream.read(buffer, 0, there);
        tail.add(buffer, Math.max(read, 0));
      }
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
