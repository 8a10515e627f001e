package dev.mneme.sandbox;

import dev.mneme.common.MnemeException;
import java.time.Duration;

/**
 * How long a worker that serves one trust domain only is kept for it.
 *
 * @param calls after how many calls it is replaced
 * @param age after what time it is replaced, once it is idle
 */
public record Sticky(int calls, Duration age) {
  public Sticky {
    if (calls < 1 || age.isNegative() || age.isZero()) {
      throw MnemeException.invalid(
          "invalid_pool", "A worker takes 1 call or more and lives for some time.");
    }
  }
}
