package dev.mneme.net;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Ends an exchange, whatever it is waiting for, when its time is over. */
final class Deadline {
  private final ScheduledExecutorService timer;
  private final Exchange exchange;
  private ScheduledFuture<?> alarm;
  private boolean settled;
  private volatile boolean over;

  Deadline(ScheduledExecutorService timer, Duration time, Exchange exchange) {
    this.timer = timer;
    this.exchange = exchange;
    this.alarm = schedule(time);
  }

  /** From now on there is no more time than that. */
  synchronized void shorten(Duration time) {
    alarm.cancel(false);
    alarm = timer.schedule(this::end, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  synchronized void cancel() {
    settled = true;
    alarm.cancel(false);
  }

  IOException explain(IOException cause) {
    return over ? new NetErrors.Expired(cause) : cause;
  }

  private ScheduledFuture<?> schedule(Duration time) {
    return timer.schedule(this::ring, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void ring() {
    Duration more = exchange.more();
    if (more.isPositive()) {
      again(more);
    } else {
      end();
    }
  }

  private synchronized void again(Duration more) {
    if (!settled) {
      alarm = schedule(more);
    }
  }

  private void end() {
    over = true;
    exchange.cancel();
  }
}
