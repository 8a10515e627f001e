package dev.mneme.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;

/**
 * Puts the stored vectors of one kind into an index that has none, while the index is searched by
 * words and written to.
 */
final class VectorFill {
  private static final int PAGE = 2000;
  private static final int MAX_LISTED = 10_000;

  private final Rows rows;
  private final DocumentWriter documents;
  private final IndexFolder folder;
  private final Precedence searches;

  VectorFill(Rows rows, DocumentWriter documents, IndexFolder folder, Precedence searches) {
    this.searches = searches;
    this.rows = rows;
    this.documents = documents;
    this.folder = folder;
  }

  /**
   * @param missing rows without a stored vector, as long as they are few
   * @param walkAfter when there are many: all of them were changed after this sequence
   * @param outdated rows that changed after they were read, to be written anew
   */
  record Filled(List<SearchRow> missing, long walkAfter, List<String> outdated) {}

  /** What became of one page. */
  private record Page(List<SearchRow> missing, List<String> outdated) {}

  Filled run(ExecutorService threads, BooleanSupplier stopped) throws IOException {
    PageRunner<Page> runner = new PageRunner<>(threads, searches);
    Rows.Cursor cursor = Rows.Cursor.after(-1);
    for (List<SearchRow> page = rows.after(cursor, PAGE);
        !page.isEmpty() && !stopped.getAsBoolean();
        page = rows.after(cursor, PAGE)) {
      List<SearchRow> part = page;
      Rows.Cursor before = cursor;
      runner.submit(() -> fill(part, before));
      cursor = Rows.Cursor.at(page.getLast());
    }
    List<SearchRow> missing = new ArrayList<>();
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

  private Page fill(List<SearchRow> page, Rows.Cursor before) throws IOException {
    List<SearchRow> missing = documents.addStoredVectors(folder.writer(), page);
    // A row that was written in between may now have the vector of its former text as well.
    Set<String> unchanged = rows.idsBetween(before, page.getLast());
    List<String> outdated =
        page.stream().map(SearchRow::id).filter(id -> !unchanged.contains(id)).toList();
    return new Page(missing, outdated);
  }
}
