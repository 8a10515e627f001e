package dev.mneme.search;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;

/** BM25 over the words of a query, any of which may match. */
final class LexicalLeg {
  // What BM25 gives a text of usual length for one occurrence of a word, as a share of its weight.
  private static final double ONE_OCCURRENCE = 0.45;

  // A best hit that has less than this share of what was asked for is not a full match.
  static final double FULL_MATCH = 0.5;

  private LexicalLeg() {}

  static Leg search(
      IndexSearcher searcher, String field, List<String> words, Query filter, int depth)
      throws IOException {
    if (words.isEmpty()) {
      return Leg.NOTHING;
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String word : words) {
      any.add(new TermQuery(new Term(field, word)), BooleanClause.Occur.SHOULD);
    }
    any.setMinimumNumberShouldMatch(1);
    any.add(filter, BooleanClause.Occur.FILTER);
    TopDocs found = searcher.search(any.build(), depth);
    if (found.scoreDocs.length == 0) {
      return Leg.NOTHING;
    }
    double full = Math.max(found.scoreDocs[0].score, reach(searcher, field, words) * FULL_MATCH);
    Map<String, Double> scores = new HashMap<>();
    List<String> ids = DocIds.of(searcher, found.scoreDocs);
    for (int i = 0; i < found.scoreDocs.length; i++) {
      ScoreDoc hit = found.scoreDocs[i];
      scores.put(ids.get(i), Math.min(1, hit.score / full));
    }
    return new Leg(scores, Map.of());
  }

  /**
   * What a text that has every word once would score. Without it the best hit would count as a full
   * match even when it shares one word of ten with the query.
   */
  private static double reach(IndexSearcher searcher, String field, List<String> words)
      throws IOException {
    double documents = Math.max(1, searcher.getIndexReader().getDocCount(field));
    double sum = 0;
    for (String word : words) {
      double with = searcher.getIndexReader().docFreq(new Term(field, word));
      sum += Math.log(1 + (documents - with + 0.5) / (with + 0.5));
    }
    return sum * ONE_OCCURRENCE;
  }
}
