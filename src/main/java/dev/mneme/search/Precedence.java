package dev.mneme.search;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Searches in the rows go before the building of the index, which takes all processors for seconds
 * while somebody waits for an answer. Thread-safe.
 */
final class Precedence {
  private static final long MOMENT_NANOS = Duration.ofMillis(2).toNanos();

  // Searches without a pause must not keep the index from ever being built.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final AtomicInteger searches = new AtomicInteger();

  void begin() {
    searches.incrementAndGet();
  }

  void end() {
    searches.decrementAndGet();
  }

  /** Waits for the searches under way, not for ever. */
  void giveWay() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (searches.get() > 0
        && System.nanoTime() - end < 0
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(MOMENT_NANOS);
    }
  }
}
