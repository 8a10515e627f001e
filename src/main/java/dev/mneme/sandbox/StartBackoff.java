package dev.mneme.sandbox;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Spaces out starts that keep failing: half a second, doubling up to thirty. Not thread-safe. */
final class StartBackoff {
  private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(30);

  private final LongSupplier nanoTime;
  private long pause;
  private long failedAt;
  private Optional<String> lastFailure = Optional.empty();

  StartBackoff(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void failed(String why) {
    pause = pause == 0 ? FIRST : Math.min(LONGEST, pause * 2);
    failedAt = nanoTime.getAsLong();
    lastFailure = Optional.of(why);
  }

  void succeeded() {
    pause = 0;
    lastFailure = Optional.empty();
  }

  boolean isWaiting() {
    return pause > 0 && nanoTime.getAsLong() - failedAt < pause;
  }

  long secondsLeft() {
    long left = pause - (nanoTime.getAsLong() - failedAt);
    return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left) + 1);
  }

  Optional<String> lastFailure() {
    return lastFailure;
  }
}
