package dev.mneme.app;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Ends a background owner when no window has been connected for a while. Runs on a thread of its
 * own until it is interrupted.
 */
final class IdleExit implements Runnable, AutoCloseable {
  private final IntSupplier connections;
  private final Duration idle;
  private final LongSupplier nanos;
  private final Runnable exit;
  private final Thread thread;

  /**
   * @param connections how many windows are connected now
   * @param nanos a clock that only goes forward
   */
  IdleExit(IntSupplier connections, Duration idle, LongSupplier nanos, Runnable exit) {
    this.connections = connections;
    this.idle = idle;
    this.nanos = nanos;
    this.exit = exit;
    this.thread = Thread.ofVirtual().name("idle-exit").unstarted(this);
  }

  IdleExit start() {
    thread.start();
    return this;
  }

  @Override
  public void run() {
    long lastUsed = nanos.getAsLong();
    // Often enough that a short idle time is kept, seldom enough to cost nothing.
    long every = Math.clamp(idle.toMillis() / 10, 50, 5_000);
    try {
      while (nanos.getAsLong() - lastUsed < idle.toNanos()) {
        Thread.sleep(every);
        if (connections.getAsInt() > 0) {
          lastUsed = nanos.getAsLong();
        }
      }
      exit.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
