package dev.mneme.net;

import java.io.IOException;
import java.time.Duration;

/** Ends an exchange, whatever it is waiting for, when its time is over. Thread-safe. */
final class Deadline implements AutoCloseable {
  private final Alarms alarms;
  private final Exchange exchange;
  private volatile long due;
  private volatile boolean last;
  private volatile boolean over;

  Deadline(Alarms alarms, Duration time, Exchange exchange) {
    this.alarms = alarms;
    this.exchange = exchange;
    this.due = System.nanoTime() + time.toNanos();
    alarms.add(this);
  }

  /** When to look again, in nanoseconds of this machine's clock. */
  long due() {
    return due;
  }

  /** From now on there is no more time than that. */
  void shorten(Duration time) {
    last = true;
    due = System.nanoTime() + time.toNanos();
    alarms.hasten(this);
  }

  /** Whether the time is over; then the exchange has been ended. */
  boolean isLate(long now) {
    if (due - now > 0) {
      return false;
    }
    Duration more = last ? Duration.ZERO : exchange.more();
    if (more.isPositive()) {
      due = now + more.toNanos();
      return false;
    }
    over = true;
    exchange.cancel();
    return true;
  }

  IOException explain(IOException cause) {
    return over ? new NetErrors.Expired(cause) : cause;
  }

  /** The exchange has ended. */
  @Override
  public void close() {
    alarms.remove(this);
  }
}
