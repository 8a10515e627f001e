package dev.mneme.sandbox;

import dev.mneme.common.MnemeException;
import java.time.Duration;

/**
 * How many sessions there may be, and for how long.
 *
 * @param max in all; 0: none
 * @param perOwner of one owner
 * @param idle when a session that nobody uses is ended
 */
public record SessionSettings(int max, int perOwner, Duration idle) {
  public static final SessionSettings DEFAULT = new SessionSettings(4, 4, Duration.ofMinutes(10));

  public SessionSettings {
    if (max < 0 || perOwner < 0) {
      throw MnemeException.invalid("invalid_sessions", "There can be 0 or more sessions.");
    }
  }
}
