package dev.mneme.model.scripted;

import dev.mneme.model.ModelException;
import java.time.Duration;
import java.util.function.Consumer;

/** Tells texts word by word, each at its time. Used by one thread. */
final class Tokens {
  private final long gap;
  private long next;
  private int count;

  Tokens(Duration gap) {
    this.gap = gap.toNanos();
    this.next = System.nanoTime();
  }

  /** How many were told. */
  int count() {
    return count;
  }

  /**
   * @param half whether to stop in the middle
   */
  void tell(String text, boolean half, Consumer<String> listener) {
    int end = half ? text.length() / 2 : text.length();
    int begin = 0;
    while (begin < end) {
      int stop = begin + 1;
      while (stop < end && !Character.isWhitespace(text.charAt(stop))) {
        stop++;
      }
      // By the clock, so that late wake-ups do not add up.
      next += gap;
      pause(Duration.ofNanos(next - System.nanoTime()));
      listener.accept(text.substring(begin, stop));
      count++;
      begin = stop;
    }
  }

  static void pause(Duration time) {
    try {
      if (time.isPositive() || Thread.currentThread().isInterrupted()) {
        Thread.sleep(time);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(ModelException.Type.CANCELLED, "The request was cancelled.", e);
    }
  }
}
