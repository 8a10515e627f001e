package dev.mneme.search;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  private static final int THREADS = 2;
  private static final int PAGES_AT_ONCE = 3;

  private final PassageRows rows;
  private final PassageWriter documents;
  private final IndexFolder folder;

  IndexBuild(PassageRows rows, PassageWriter documents, IndexFolder folder) {
    this.rows = rows;
    this.documents = documents;
    this.folder = folder;
  }

  /**
   * @param sequence all changes up to this one are in the index now
   * @param written how many passages were written
   * @param changed whether the index was not as the rows are
   * @param vectorsMissingAfter all passages up to this sequence that were written have vectors
   */
  record Built(long sequence, long written, boolean changed, long vectorsMissingAfter) {}

  /**
   * @param reflected the sequence of the last commit; below 0 for an empty index
   */
  Built run(long reflected) throws IOException {
    boolean empty = reflected < 0;
    long newestAtStart = rows.newest();
    PassageRows.Cursor cursor = PassageRows.Cursor.after(reflected);
    long written = 0;
    long last = Math.max(reflected, 0);
    long missingAfter = Long.MAX_VALUE;
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("index-build-", 0).daemon().factory())) {
      Deque<Future<List<PassageRow>>> underWay = new ArrayDeque<>();
      for (List<PassageRow> page = rows.after(cursor, PAGE);
          !page.isEmpty();
          page = rows.after(cursor, PAGE)) {
        List<PassageRow> part = page;
        // A row changed meanwhile comes again with its new sequence, and replaces what it was.
        boolean fresh = empty && part.getLast().sequence() <= newestAtStart;
        if (!fresh || underWay.size() >= PAGES_AT_ONCE) {
          missingAfter = Math.min(missingAfter, finish(underWay, fresh ? PAGES_AT_ONCE - 1 : 0));
        }
        underWay.add(threads.submit(() -> documents.write(folder.writer(), part, fresh)));
        written += part.size();
        last = part.getLast().sequence();
        cursor = new PassageRows.Cursor(last, part.getLast().id());
      }
      missingAfter = Math.min(missingAfter, finish(underWay, 0));
    }
    folder.refresh();
    boolean stale = removeStale();
    return new Built(last, written, stale || written > 0, Math.min(missingAfter, last));
  }

  /** Waits until at most {@code left} pages are under way; the lowest sequence lacking a vector. */
  private static long finish(Deque<Future<List<PassageRow>>> underWay, int left)
      throws IOException {
    long missingAfter = Long.MAX_VALUE;
    try {
      while (underWay.size() > left) {
        for (PassageRow row : underWay.removeFirst().get()) {
          missingAfter = Math.min(missingAfter, row.sequence() - 1);
        }
      }
      return missingAfter;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw MnemeException.unavailable("shutting_down", "Mneme is shutting down.");
    }
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
