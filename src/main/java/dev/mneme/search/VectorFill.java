package dev.mneme.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;

/**
 * Puts the stored vectors of all passages into an index that has none, while the index is searched
 * by words and written to.
 */
final class VectorFill {
  private static final int PAGE = 2000;
  private static final int MAX_LISTED = 10_000;

  private final PassageRows rows;
  private final PassageWriter documents;
  private final IndexFolder folder;
  private final Precedence searches;

  VectorFill(PassageRows rows, PassageWriter documents, IndexFolder folder, Precedence searches) {
    this.searches = searches;
    this.rows = rows;
    this.documents = documents;
    this.folder = folder;
  }

  /**
   * @param missing passages without a stored vector, as long as they are few
   * @param walkAfter when there are many: all of them were changed after this sequence
   * @param outdated passages that changed after they were read, to be written anew
   */
  record Filled(List<PassageRow> missing, long walkAfter, List<String> outdated) {}

  /** What became of one page. */
  private record Page(List<PassageRow> missing, List<String> outdated) {}

  Filled run(ExecutorService threads, BooleanSupplier stopped) throws IOException {
    long newest = rows.newest();
    PageRunner<Page> runner = new PageRunner<>(threads, searches);
    PassageRows.Cursor cursor = PassageRows.Cursor.after(-1);
    for (List<PassageRow> page = rows.after(cursor, PAGE);
        !page.isEmpty() && !stopped.getAsBoolean();
        page = rows.after(cursor, PAGE)) {
      List<PassageRow> part = page;
      PassageRows.Cursor before = cursor;
      runner.submit(() -> fill(part, before, newest));
      cursor = new PassageRows.Cursor(page.getLast().sequence(), page.getLast().id());
    }
    List<PassageRow> missing = new ArrayList<>();
    List<String> outdated = new ArrayList<>();
    long walkAfter = Long.MAX_VALUE;
    for (Page page : runner.finish()) {
      outdated.addAll(page.outdated());
      if (missing.size() + page.missing().size() <= MAX_LISTED) {
        missing.addAll(page.missing());
      } else {
        walkAfter = Math.min(walkAfter, page.missing().getFirst().sequence() - 1);
      }
    }
    return new Filled(missing, walkAfter, outdated);
  }

  private Page fill(List<PassageRow> page, PassageRows.Cursor before, long newest)
      throws IOException {
    List<PassageRow> missing = documents.addStoredVectors(folder.writer(), page, newest);
    // A passage that was written in between may now have the vector of its former text as well.
    Set<String> unchanged = rows.idsBetween(before, page.getLast());
    List<String> outdated =
        page.stream().map(PassageRow::id).filter(id -> !unchanged.contains(id)).toList();
    return new Page(missing, outdated);
  }
}
