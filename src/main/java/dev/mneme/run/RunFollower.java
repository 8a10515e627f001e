package dev.mneme.run;

import java.time.Duration;
import java.util.Optional;

/** One reader of a run's events, at its own pace. Not thread-safe. */
public interface RunFollower {
  /**
   * An event and its number.
   *
   * @param sequence from 1
   */
  record Numbered(long sequence, RunEvent event) {}

  /**
   * The next event, waiting for it; empty when the time is up. After {@link RunEvent.Ended} nothing
   * more comes.
   */
  Optional<Numbered> next(Duration patience) throws InterruptedException;
}
