package dev.mneme.mcp.client.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks ten times a second at the streams of all programs, with one thread: that costs less than a
 * thread for each, and slows down who floods. The thread lives while there is something to look at,
 * whatever becomes of a single look. Thread-safe.
 */
public final class Rounds {
  private static final Logger log = LoggerFactory.getLogger(Rounds.class);
  private static final long EVERY_MILLIS = 100;

  /** A look that fails may fail ten times a second. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Set<BooleanSupplier> looks = ConcurrentHashMap.newKeySet();
  private @Nullable Thread thread;
  private long silentUntil = System.nanoTime();

  /**
   * @param look does not wait; whether to look again
   */
  synchronized void add(BooleanSupplier look) {
    looks.add(look);
    if (thread == null) {
      thread = Thread.ofVirtual().name("mcp-rounds").start(this::run);
    }
  }

  private void run() {
    try {
      while (more()) {
        looks.removeIf(look -> !again(look));
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ended();
    }
  }

  /** One that failed is looked at again: the next time it may find out what is the matter. */
  private boolean again(BooleanSupplier look) {
    try {
      return look.getAsBoolean();
    } catch (RuntimeException | Error e) {
      if (mayTell()) {
        log.warn("Looking at what a program says failed.", e);
      }
      return true;
    }
  }

  private synchronized boolean mayTell() {
    long now = System.nanoTime();
    boolean may = now - silentUntil >= 0;
    if (may) {
      silentUntil = now + QUIET_NANOS;
    }
    return may;
  }

  private synchronized boolean more() {
    if (looks.isEmpty()) {
      thread = null;
      return false;
    }
    return true;
  }

  /** Who comes next starts another thread, if this one did not end of itself. */
  private synchronized void ended() {
    if (Thread.currentThread().equals(thread)) {
      thread = null;
    }
  }
}
