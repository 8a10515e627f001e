package dev.mneme.sandbox.keep;

import java.time.Duration;

/**
 * How much is kept of what code makes.
 *
 * @param age how long a file is kept
 * @param count how many of one owner
 * @param bytes how many bytes of one owner, all files together
 */
public record ShelfSettings(Duration age, int count, long bytes) {
  public static final ShelfSettings DEFAULT =
      new ShelfSettings(Duration.ofHours(24), 100, 30_000_000);
}
