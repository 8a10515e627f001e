package dev.mneme.run;

import java.time.Duration;

/**
 * How runs are taken on and kept.
 *
 * @param queues whether a run waits while its conversation is busy, or is refused
 * @param maxWaiting runs of one conversation that may wait
 * @param keepInMemory for how long the events of an ended run can be read again
 * @param keepStored the same of a background run, whose events are rows
 */
public record RunSettings(
    boolean queues, int maxWaiting, Duration keepInMemory, Duration keepStored) {
  public static final RunSettings DEFAULT =
      new RunSettings(true, 100, Duration.ofMinutes(5), Duration.ofHours(3));

  public static RunSettings of(boolean queues) {
    return new RunSettings(
        queues, DEFAULT.maxWaiting(), DEFAULT.keepInMemory(), DEFAULT.keepStored());
  }
}
