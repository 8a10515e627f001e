package dev.mneme.net;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/** Ends an exchange, whatever it is waiting for, when its time is over. */
final class Deadline {
  private final AtomicReference<HttpUriRequestBase> current = new AtomicReference<>();
  private final ScheduledExecutorService timer;
  private volatile ScheduledFuture<?> alarm;
  private volatile boolean over;

  Deadline(ScheduledExecutorService timer, Duration time) {
    this.timer = timer;
    this.alarm = schedule(time);
  }

  /** From now on there is no more time than that. For the thread that reads. */
  void shorten(Duration time) {
    alarm.cancel(false);
    alarm = schedule(time);
  }

  /** Names the request to cancel: the latest of a chain of redirects. */
  void watch(HttpUriRequestBase request) {
    current.set(request);
    if (over) {
      request.cancel();
    }
  }

  void cancel() {
    alarm.cancel(false);
  }

  IOException explain(IOException cause) {
    return over ? new NetErrors.Expired(cause) : cause;
  }

  private ScheduledFuture<?> schedule(Duration time) {
    return timer.schedule(this::end, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void end() {
    over = true;
    HttpUriRequestBase request = current.get();
    if (request != null) {
      request.cancel();
    }
  }
}
