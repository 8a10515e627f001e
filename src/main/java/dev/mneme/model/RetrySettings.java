package dev.mneme.model;

import java.time.Duration;

/**
 * How often, and after which time, a request to a provider is made again.
 *
 * @param attempts in all, the first one included
 * @param firstWait before the second attempt; each later wait is twice as long
 * @param longestWait of a wait that the provider did not ask for
 * @param longestAsked a provider that asks for a longer wait than this gets no other attempt
 */
public record RetrySettings(
    int attempts, Duration firstWait, Duration longestWait, Duration longestAsked) {
  public static final RetrySettings DEFAULT =
      new RetrySettings(4, Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofSeconds(60));
}
