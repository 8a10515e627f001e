package dev.mneme.search;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.VectorUtil;

/** The passages whose vectors are nearest to that of the query. */
final class VectorLeg {
  // One bit a dimension orders roughly: twice as many candidates, ordered anew by the full vectors,
  // hold 99.8 % of the true best hundred (measured).
  private static final int OVERSAMPLING = 2;

  private VectorLeg() {}

  /**
   * @param unrelated the likeness at and below which two texts have nothing to do with each other
   */
  static Leg search(
      IndexSearcher searcher,
      String field,
      float[] vector,
      Query filter,
      int depth,
      double unrelated)
      throws IOException {
    Query nearest = new KnnFloatVectorQuery(field, vector, depth * OVERSAMPLING, filter);
    TopDocs candidates = searcher.search(nearest, depth * OVERSAMPLING);
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    List<String> ids = DocIds.of(searcher, candidates.scoreDocs);
    MostAlike best = new MostAlike(depth);
    for (int i = 0; i < candidates.scoreDocs.length; i++) {
      int doc = candidates.scoreDocs[i].doc;
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
      FloatVectorValues values = leaf.reader().getFloatVectorValues(field);
      if (values != null) {
        KnnVectorValues.DocIndexIterator at = values.iterator();
        if (at.advance(doc - leaf.docBase) == doc - leaf.docBase) {
          float[] full = values.vectorValue(at.index());
          best.offer(ids.get(i), VectorUtil.dotProduct(vector, full));
        }
      }
    }
    return best.leg(unrelated);
  }
}
