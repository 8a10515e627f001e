package dev.mneme.store;

import java.util.Optional;

/**
 * Which part of a list to give: in the order of a column, then of the id.
 *
 * @param before only what stands before the item with this id, in the order asked for: the part
 *     that ends with it
 * @param after only what stands after the item with this id, in the order asked for
 * @param limit 1 to {@value #MAX_LIMIT}; more is taken as that
 */
public record Page(Optional<String> before, Optional<String> after, int limit, boolean descending) {
  public static final int MAX_LIMIT = 1_000;

  public Page {
    limit = Math.clamp(limit, 1, MAX_LIMIT);
  }

  public static Page first(int limit) {
    return new Page(Optional.empty(), Optional.empty(), limit, false);
  }
}
