package dev.mneme.api.http;

import dev.mneme.store.Page;
import java.util.List;
import java.util.Optional;

/**
 * A page for queries whose cursors mean values: clients' cursors mean places in the order asked
 * for, and {@code before} means the items next to it.
 *
 * @param below only what has a lower value
 * @param above only what has a higher value
 */
public record Cursors(
    Optional<String> below,
    Optional<String> above,
    boolean ascending,
    boolean reversed,
    int limit) {
  public static Cursors of(Page page) {
    boolean reversed = page.before().isPresent() && page.after().isEmpty();
    return new Cursors(
        page.descending() ? page.after() : page.before(),
        page.descending() ? page.before() : page.after(),
        page.descending() == reversed,
        reversed,
        page.limit());
  }

  /** What follows this item in the order of the query. */
  public Cursors beyond(String item) {
    return new Cursors(
        ascending ? below : Optional.of(item),
        ascending ? Optional.of(item) : above,
        ascending,
        reversed,
        limit);
  }

  /** What the query found, in the order asked for. */
  public <T> List<T> ordered(List<T> found) {
    return reversed ? found.reversed() : found;
  }
}
