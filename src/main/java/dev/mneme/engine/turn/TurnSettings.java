package dev.mneme.engine.turn;

import java.time.Duration;

/**
 * How turns are lent out.
 *
 * @param idle a turn nobody commits to for so long ends
 * @param patience how long opening waits for the conversation to be free
 * @param maxOpen turns an owner has open at the same time
 * @param contextChars characters of the messages that are shown; the oldest are left out
 */
public record TurnSettings(Duration idle, Duration patience, int maxOpen, int contextChars) {
  public static final TurnSettings DEFAULT =
      new TurnSettings(Duration.ofMinutes(10), Duration.ofSeconds(20), 100, 40_000);

  public TurnSettings withIdle(Duration time) {
    return new TurnSettings(time, patience, maxOpen, contextChars);
  }
}
