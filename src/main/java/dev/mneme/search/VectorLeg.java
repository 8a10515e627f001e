package dev.mneme.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  // A best hit that is less alike than this is not a full match.
  private static final double CLEARLY_ALIKE = 0.3;

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
    List<Alike> found =
        exactly(searcher, searcher.search(nearest, depth * OVERSAMPLING), field, vector);
    if (found.isEmpty()) {
      return Leg.NOTHING;
    }
    found = found.subList(0, Math.min(depth, found.size()));
    int last = found.size() - 1;
    // When the list is cut off, what is not in it is at most as alike as its last: that is 0.
    double cut = last + 1 == depth ? found.get(last).cosine() : unrelated;
    double zero = Math.max(unrelated, cut);
    double full = Math.max(found.getFirst().cosine(), unrelated + CLEARLY_ALIKE);
    Map<String, Double> scores = new HashMap<>();
    Map<String, Double> raw = new HashMap<>();
    for (Alike one : found) {
      if (one.cosine() > zero) {
        scores.put(one.id(), Math.min(1, (one.cosine() - zero) / (full - zero)));
        raw.put(one.id(), one.cosine());
      }
    }
    return new Leg(scores, raw);
  }

  private record Alike(String id, double cosine) {}

  /** The candidates with their true likeness, the most alike first. */
  private static List<Alike> exactly(
      IndexSearcher searcher, TopDocs candidates, String field, float[] vector) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    List<String> ids = DocIds.of(searcher, candidates.scoreDocs);
    List<Alike> all = new ArrayList<>();
    for (int i = 0; i < candidates.scoreDocs.length; i++) {
      int doc = candidates.scoreDocs[i].doc;
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
      FloatVectorValues values = leaf.reader().getFloatVectorValues(field);
      if (values != null) {
        KnnVectorValues.DocIndexIterator at = values.iterator();
        if (at.advance(doc - leaf.docBase) == doc - leaf.docBase) {
          float[] full = values.vectorValue(at.index());
          all.add(new Alike(ids.get(i), VectorUtil.dotProduct(vector, full)));
        }
      }
    }
    all.sort(Comparator.comparingDouble(Alike::cosine).reversed().thenComparing(Alike::id));
    return all;
  }
}
