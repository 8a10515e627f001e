package dev.mneme.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;

/** Reads the passage ids of hits. */
final class DocIds {
  private DocIds() {}

  /** The ids in the order of the hits. */
  static List<String> of(IndexSearcher searcher, ScoreDoc[] hits) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    List<String> ids = new ArrayList<>(Collections.nCopies(hits.length, ""));
    for (int i = 0; i < hits.length; i++) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hits[i].doc, leaves));
      SortedDocValues values = leaf.reader().getSortedDocValues(Fields.ID);
      if (values == null || !values.advanceExact(hits[i].doc - leaf.docBase)) {
        throw new org.apache.lucene.index.CorruptIndexException("a document has no id", "index");
      }
      ids.set(i, values.lookupOrd(values.ordValue()).utf8ToString());
    }
    return ids;
  }
}
