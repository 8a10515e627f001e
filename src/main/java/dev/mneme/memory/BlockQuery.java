package dev.mneme.memory;

import java.util.Optional;

/**
 * Which blocks to list, in the order of their making.
 *
 * @param label only blocks with this label
 * @param after only blocks after the one with this id
 * @param limit 1 to 1000
 */
public record BlockQuery(Optional<String> label, Optional<String> after, int limit) {
  public BlockQuery {
    limit = Math.clamp(limit, 1, 1_000);
  }

  public static BlockQuery first(int limit) {
    return new BlockQuery(Optional.empty(), Optional.empty(), limit);
  }
}
