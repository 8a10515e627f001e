package dev.mneme.mcp.client;

import java.time.Duration;

/**
 * How a server that fails is tried again.
 *
 * @param first the pause after the first failure; each later one is twice as long
 * @param longest no pause is longer
 * @param stable after running so long, failures before do not count
 * @param failures after so many in a row it is parked
 * @param silences so many calls in a row without an answer, and it is started anew
 */
public record Patience(
    Duration first, Duration longest, Duration stable, int failures, int silences) {
  public static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(5), 6, 4);

  Duration pause(int failure) {
    Duration pause = first.multipliedBy(1L << Math.min(Math.max(failure - 1, 0), 20));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
