package dev.mneme.search;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.RescoreTopNQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;

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
    TopDocs found =
        searcher.search(
            RescoreTopNQuery.createFullPrecisionRescorerQuery(nearest, vector, field, depth),
            depth);
    if (found.scoreDocs.length == 0) {
      return Leg.NOTHING;
    }
    int last = found.scoreDocs.length - 1;
    // When the list is cut off, what is not in it is at most as alike as its last: that is 0.
    double cut = last + 1 == depth ? cosine(found.scoreDocs[last]) : unrelated;
    double zero = Math.max(unrelated, cut);
    double full = Math.max(cosine(found.scoreDocs[0]), unrelated + CLEARLY_ALIKE);
    Map<String, Double> scores = new HashMap<>();
    Map<String, Double> raw = new HashMap<>();
    List<String> ids = DocIds.of(searcher, found.scoreDocs);
    for (int i = 0; i <= last; i++) {
      double cosine = cosine(found.scoreDocs[i]);
      if (cosine > zero && full > zero) {
        scores.put(ids.get(i), Math.min(1, (cosine - zero) / (full - zero)));
        raw.put(ids.get(i), cosine);
      }
    }
    return new Leg(scores, raw);
  }

  /** Lucene reports (1 + cosine) / 2. */
  private static double cosine(ScoreDoc hit) {
    return 2.0 * hit.score - 1;
  }
}
