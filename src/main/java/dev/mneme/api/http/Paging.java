package dev.mneme.api.http;

import dev.mneme.common.MnemeException;
import dev.mneme.store.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Cuts a page out of a list that is short enough to be read whole. */
public final class Paging {
  private Paging() {}

  /**
   * @param items in ascending order
   * @param id what cursors name
   */
  public static <T> List<T> cut(List<T> items, Function<T, String> id, Page page) {
    List<T> ordered = page.descending() ? items.reversed() : items;
    List<String> ids = ordered.stream().map(id).toList();
    int from = page.after().map(cursor -> place(ids, cursor) + 1).orElse(0);
    int to = page.before().map(cursor -> place(ids, cursor)).orElse(ordered.size());
    if (from >= to) {
      return List.of();
    }
    boolean backwards = page.before().isPresent() && page.after().isEmpty();
    return backwards
        ? ordered.subList(Math.max(from, to - page.limit()), to)
        : ordered.subList(from, Math.min(to, from + page.limit()));
  }

  /** As above for words that are their own cursors and need not be there any more. */
  public static List<String> words(List<String> sorted, Page page) {
    Optional<String> low = page.descending() ? page.before() : page.after();
    Optional<String> high = page.descending() ? page.after() : page.before();
    List<String> between =
        sorted.stream()
            .filter(word -> low.isEmpty() || word.compareTo(low.get()) > 0)
            .filter(word -> high.isEmpty() || word.compareTo(high.get()) < 0)
            .toList();
    boolean backwards = page.before().isPresent() && page.after().isEmpty();
    List<String> ordered = page.descending() ? between.reversed() : between;
    int size = ordered.size();
    int count = Math.min(size, page.limit());
    return backwards ? ordered.subList(size - count, size) : ordered.subList(0, count);
  }

  private static int place(List<String> ids, String cursor) {
    int place = ids.indexOf(cursor);
    if (place < 0) {
      throw MnemeException.notFound(
          "unknown_cursor",
          "The item to continue from is gone; begin again without 'before' or 'after'.");
    }
    return place;
  }
}
