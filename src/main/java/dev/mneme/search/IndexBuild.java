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

  private final Rows rows;
  private final DocumentWriter documents;
  private final IndexFolder folder;
  private final Precedence searches;

  IndexBuild(Rows rows, DocumentWriter documents, IndexFolder folder, Precedence searches) {
    this.searches = searches;
    this.rows = rows;
    this.documents = documents;
    this.folder = folder;
  }

  /**
   * @param sequence all changes up to this one are in the index now
   * @param written how many rows were written
   * @param changed whether it may hold what is no longer in the rows, if only in its files
   * @param missing written rows without a vector; those of an empty index are not looked up
   */
  record Built(long sequence, long written, boolean changed, List<SearchRow> missing) {}

  /**
   * @param reflected the sequence of the last commit; below 0 for an empty index, which gets its
   *     words only: vectors follow by {@link VectorFill}
   */
  Built run(ExecutorService threads, long reflected) throws IOException {
    boolean empty = reflected < 0;
    long newestAtStart = rows.newest();
    Rows.Cursor cursor = Rows.Cursor.after(reflected);
    long written = 0;
    long last = Math.max(reflected, 0);
    List<SearchRow> missing = new ArrayList<>();
    PageRunner<Boolean> fresh = new PageRunner<>(threads, searches);
    for (List<SearchRow> page = rows.after(cursor, PAGE);
        !page.isEmpty();
        page = rows.after(cursor, PAGE)) {
      List<SearchRow> part = page;
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
      cursor = Rows.Cursor.at(page.getLast());
    }
    fresh.finish();
    folder.refresh();
    boolean stale = removeStale(last);
    return new Built(last, written, stale || (written > 0 && rows.kind() == Kind.PASSAGE), missing);
  }

  /**
   * Removes what was deleted after the last commit. The index holds every row by now, so it holds
   * something stale exactly when it holds more than there are rows.
   */
  private boolean removeStale(long last) throws IOException {
    if (indexed() == rows.count(last)) {
      return false;
    }
    if (rows instanceof MessageRows messages && removeContainers(messages)) {
      folder.refresh();
      if (indexed() == rows.count(last)) {
        return true;
      }
    }
    List<String> unknown = new ArrayList<>();
    Set<String> absent = new HashSet<>(rows.ids());
    for (String id : keys(rows.kind().wordsKey(""))) {
      if (!absent.remove(id)) {
        unknown.add(id);
      }
    }
    // Both are checked against the rows once more, so a write in between does no harm.
    documents.apply(folder.writer(), unknown);
    documents.apply(folder.writer(), absent);
    folder.refresh();
    return true;
  }

  /** Messages go with their agents: there are fewer of these to compare. */
  private boolean removeContainers(MessageRows messages) throws IOException {
    Set<String> gone = keys(Kind.MESSAGE.container(""));
    gone.removeAll(messages.containers());
    for (String agent : gone) {
      folder.writer().deleteDocuments(Kind.MESSAGE.container(agent));
    }
    return !gone.isEmpty();
  }

  private long indexed() throws IOException {
    IndexSearcher searcher = folder.acquire();
    try {
      Kind kind = rows.kind();
      long words = searcher.count(new TermQuery(kind.words()));
      return words + searcher.count(new TermQuery(kind.silent()));
    } finally {
      folder.release(searcher);
    }
  }

  /** What follows a prefix in the terms of a field. */
  private Set<String> keys(Term prefix) throws IOException {
    IndexSearcher searcher = folder.acquire();
    try {
      return keys(searcher, prefix.field(), prefix.text());
    } finally {
      folder.release(searcher);
    }
  }

  private static Set<String> keys(IndexSearcher searcher, String field, String prefix)
      throws IOException {
    Set<String> ids = new HashSet<>();
    Terms keys = MultiTerms.getTerms(searcher.getIndexReader(), field);
    if (keys == null) {
      return ids;
    }
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
