package dev.mneme.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Brings an index that was just opened up to the rows: what is newer, or all of them. */
final class IndexBuild {
  private static final int PAGE = 2000;

  private final PassageRows rows;
  private final PassageWriter documents;
  private final IndexFolder folder;
  private final Precedence searches;

  IndexBuild(PassageRows rows, PassageWriter documents, IndexFolder folder, Precedence searches) {
    this.searches = searches;
    this.rows = rows;
    this.documents = documents;
    this.folder = folder;
  }

  /**
   * @param sequence all changes up to this one are in the index now
   * @param written how many passages were written
   * @param changed whether the index was not as the rows are
   * @param missing written passages without a vector; those of an empty index are not looked up
   */
  record Built(long sequence, long written, boolean changed, List<PassageRow> missing) {}

  /**
   * @param reflected the sequence of the last commit; below 0 for an empty index, which gets its
   *     words only: vectors follow by {@link VectorFill}
   */
  Built run(ExecutorService threads, long reflected) throws IOException {
    boolean empty = reflected < 0;
    long newestAtStart = rows.newest();
    PassageRows.Cursor cursor = PassageRows.Cursor.after(reflected);
    long written = 0;
    long last = Math.max(reflected, 0);
    List<PassageRow> missing = new ArrayList<>();
    PageRunner<Boolean> fresh = new PageRunner<>(threads, searches);
    for (List<PassageRow> page = rows.after(cursor, PAGE);
        !page.isEmpty();
        page = rows.after(cursor, PAGE)) {
      List<PassageRow> part = page;
      last = page.getLast().sequence();
      if (empty && last <= newestAtStart) {
        fresh.submit(() -> {
          documents.addTexts(folder.writer(), part);
          return true;
        });
      } else {
        // A row changed meanwhile comes again with its new sequence, and replaces what it was.
        fresh.finish();
        missing.addAll(documents.update(folder.writer(), page));
      }
      written += page.size();
      cursor = new PassageRows.Cursor(last, page.getLast().id());
    }
    fresh.finish();
    folder.refresh();
    boolean stale = removeStale();
    return new Built(last, written, stale || written > 0, missing);
  }

  /**
   * Removes passages that were deleted after the last commit. The index holds every row by now, so
   * it holds something stale exactly when it holds more than there are rows.
   */
  private boolean removeStale() throws IOException {
    IndexSearcher searcher = folder.searchers().acquire();
    List<String> unknown = new ArrayList<>();
    Set<String> absent;
    try {
      long indexed = searcher.count(new TermQuery(new Term(Fields.KIND, Fields.PASSAGE)));
      if (indexed == rows.count()) {
        return false;
      }
      absent = new HashSet<>(rows.ids());
      for (String id : indexedIds(searcher)) {
        if (!absent.remove(id)) {
          unknown.add(id);
        }
      }
    } finally {
      folder.searchers().release(searcher);
    }
    // Both are checked against the rows once more, so a write in between does no harm.
    documents.apply(folder.writer(), unknown);
    documents.apply(folder.writer(), absent);
    folder.refresh();
    return true;
  }

  private static Set<String> indexedIds(IndexSearcher searcher) throws IOException {
    Set<String> ids = new HashSet<>();
    Terms keys = MultiTerms.getTerms(searcher.getIndexReader(), Fields.KEY);
    if (keys == null) {
      return ids;
    }
    String prefix = Fields.passage("").text();
    TermsEnum each = keys.iterator();
    if (each.seekCeil(new BytesRef(prefix)) == TermsEnum.SeekStatus.END) {
      return ids;
    }
    for (BytesRef key = each.term(); key != null; key = each.next()) {
      String text = key.utf8ToString();
      if (!text.startsWith(prefix)) {
        break;
      }
      ids.add(text.substring(prefix.length()));
    }
    return ids;
  }
}
