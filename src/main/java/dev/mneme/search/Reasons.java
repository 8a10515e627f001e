package dev.mneme.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRef;

/** Tells a person in one line why something was found. */
final class Reasons {
  private static final int MAX_WORDS = 6;

  private Reasons() {}

  /** Which of the words each of these has. */
  static Map<String, List<String>> matchedWords(
      IndexSearcher searcher, Kind kind, List<String> words, Collection<String> ids)
      throws IOException {
    Map<String, List<String>> matched = new HashMap<>();
    Query among =
        new TermInSetQuery(
            Fields.KEY, ids.stream().map(id -> new BytesRef(kind.wordsKey(id).text())).toList());
    for (String word : words) {
      Query both =
          new BooleanQuery.Builder()
              .add(new TermQuery(new Term(kind.textField(), word)), BooleanClause.Occur.FILTER)
              .add(among, BooleanClause.Occur.FILTER)
              .build();
      TopDocs found = searcher.search(new ConstantScoreQuery(both), Math.max(1, ids.size()));
      for (String id : DocIds.of(searcher, found.scoreDocs)) {
        matched.computeIfAbsent(id, _ -> new ArrayList<>()).add(word);
      }
    }
    return matched;
  }

  /**
   * @param cosine how alike the meanings are, where a vector found it
   * @param note what a reader of the result should know of the search as a whole
   */
  static String line(List<String> words, Optional<Double> cosine, Optional<String> note) {
    List<String> parts = new ArrayList<>();
    if (!words.isEmpty()) {
      Set<String> distinct = new HashSet<>();
      List<String> shown = words.stream().filter(distinct::add).limit(MAX_WORDS).toList();
      String more = words.size() > shown.size() ? " …" : "";
      parts.add((shown.size() == 1 ? "word: " : "words: ") + String.join(", ", shown) + more);
    }
    cosine.ifPresent(c -> parts.add(String.format(Locale.ROOT, "meaning %.2f", c)));
    note.ifPresent(parts::add);
    return String.join("; ", parts);
  }
}
