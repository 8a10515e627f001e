package dev.mneme.net;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer, for whoever may want to end it early, before the answer begins or
 * later. Of use for one exchange at a time, redirects and all. Thread-safe.
 */
public final class Exchange {
  private final Supplier<Duration> more;
  private @Nullable HttpUriRequestBase current;
  private boolean cancelled;

  public Exchange() {
    this(() -> Duration.ZERO);
  }

  /**
   * One whose time may be longer than the request says.
   *
   * @param more asked when the time is over; what is not positive ends the exchange
   */
  public Exchange(Supplier<Duration> more) {
    this.more = more;
  }

  /** Ends what is under way, and whatever is sent later in its name. */
  public synchronized void cancel() {
    cancelled = true;
    notifyAll();
    if (current != null) {
      current.cancel();
    }
  }

  /** Waits so long, or until it is cancelled; whether it still goes on. */
  public synchronized boolean pause(Duration time) throws InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0 && !cancelled; left = until - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !cancelled;
  }

  Duration more() {
    return more.get();
  }

  /** Names the request to cancel: the latest of a chain of redirects. */
  synchronized void watch(HttpUriRequestBase request) {
    current = request;
    if (cancelled) {
      request.cancel();
    }
  }
}
