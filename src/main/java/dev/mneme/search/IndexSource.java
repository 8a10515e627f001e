package dev.mneme.search;

import dev.mneme.common.Owner;
import dev.mneme.memory.PassageQuery;
import dev.mneme.model.Embedder;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;

/** An open index, searched on platform threads. Thread-safe. */
record IndexSource(IndexFolder index, ExecutorService threads, Optional<Embedder> embedder)
    implements Source {
  private static final Sort NEWEST =
      new Sort(LongField.newSortField(Fields.CREATED, true, SortedNumericSelector.Type.MAX));

  /** Something to do with one state of the index. */
  @FunctionalInterface
  private interface Search<T> {
    T with(IndexSearcher searcher) throws IOException;
  }

  @Override
  public Future<Leg> byWords(Owner owner, PassageQuery query, List<String> words, int depth) {
    return run(s -> LexicalLeg.search(s, words, Filters.of(owner, query), depth));
  }

  @Override
  public Future<Optional<Leg>> byMeaning(
      Owner owner, PassageQuery query, float[] vector, int depth) {
    Embedder model = embedder.orElseThrow();
    String field = Fields.vectorField(model.modelId());
    Query filter = Filters.of(owner, query);
    return run(
        s -> Optional.of(VectorLeg.search(s, field, vector, filter, depth, model.unrelated())));
  }

  @Override
  public Future<Map<String, List<String>>> matchedWords(
      Owner owner, List<String> words, Collection<String> ids) {
    return run(s -> Reasons.matchedWords(s, words, ids));
  }

  @Override
  public Future<List<String>> newest(Owner owner, PassageQuery query) {
    Query passages =
        new BooleanQuery.Builder()
            .add(new TermQuery(new Term(Fields.KIND, Fields.PASSAGE)), BooleanClause.Occur.FILTER)
            .add(Filters.of(owner, query), BooleanClause.Occur.FILTER)
            .build();
    return run(s -> DocIds.of(s, s.search(passages, query.limit(), NEWEST).scoreDocs));
  }

  private <T> Future<T> run(Search<T> search) {
    return threads.submit(() -> {
      IndexSearcher searcher = index.searchers().acquire();
      try {
        return search.with(searcher);
      } finally {
        index.searchers().release(searcher);
      }
    });
  }
}
