package dev.mneme.memory;

import java.util.Optional;

/**
 * Which passages to list, in the order of their time.
 *
 * @param after only passages after the one with this id, in the order asked for
 * @param limit 1 to 1000
 */
public record PassagePage(Optional<String> after, boolean newestFirst, int limit) {
  public PassagePage {
    limit = Math.clamp(limit, 1, 1_000);
  }

  public static PassagePage first(int limit) {
    return new PassagePage(Optional.empty(), false, limit);
  }
}
