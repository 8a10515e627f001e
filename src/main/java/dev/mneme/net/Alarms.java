package dev.mneme.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what is late, with one thread. It sleeps until the earliest time it has heard of, even where
 * that exchange has ended long before: so hardly any exchange wakes it, and none waits for it.
 * Thread-safe.
 */
final class Alarms implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Alarms.class);
  private static final long FAR = Duration.ofDays(365).toNanos();

  private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile long wakes = System.nanoTime() + FAR;
  private volatile boolean closed;

  Alarms() {
    this.thread = Thread.ofPlatform().name("outbound-timer").daemon().start(this::run);
  }

  void add(Deadline deadline) {
    open.add(deadline);
    hasten(deadline);
  }

  /** It is due earlier than it was. */
  void hasten(Deadline deadline) {
    if (deadline.due() - wakes < 0) {
      LockSupport.unpark(thread);
    }
  }

  void remove(Deadline deadline) {
    open.remove(deadline);
  }

  private void run() {
    while (!closed) {
      // Whoever is added from here on wakes the thread once more: it may have been looked at
      // already.
      long now = System.nanoTime();
      wakes = now + FAR;
      long earliest = now + FAR;
      open.removeIf(deadline -> isLate(deadline, now));
      for (Deadline deadline : open) {
        if (deadline.due() - earliest < 0) {
          earliest = deadline.due();
        }
      }
      wakes = earliest;
      LockSupport.parkNanos(this, Math.max(earliest - System.nanoTime(), 1));
    }
  }

  /** What one of them throws is no reason to leave the others without an end. */
  private static boolean isLate(Deadline deadline, long now) {
    try {
      return deadline.isLate(now);
    } catch (RuntimeException e) {
      log.warn("A request could not be ended in time.", e);
      return true;
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
