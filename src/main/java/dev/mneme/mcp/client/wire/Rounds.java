package dev.mneme.mcp.client.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Looks ten times a second at the streams of all programs, with one thread: that costs less than a
 * thread for each, and slows down who floods. The thread lives while there is something to look at.
 * Thread-safe.
 */
public final class Rounds {
  private static final long EVERY_MILLIS = 100;

  private final Set<BooleanSupplier> looks = ConcurrentHashMap.newKeySet();
  private boolean running;

  /**
   * @param look does not wait; whether to look again
   */
  synchronized void add(BooleanSupplier look) {
    looks.add(look);
    if (!running) {
      running = true;
      Thread.ofVirtual().name("mcp-rounds").start(this::run);
    }
  }

  private void run() {
    while (more()) {
      looks.removeIf(look -> !look.getAsBoolean());
      try {
        Thread.sleep(EVERY_MILLIS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private synchronized boolean more() {
    running = !looks.isEmpty();
    return running;
  }
}
