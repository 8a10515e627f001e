package dev.mneme.search;

import dev.mneme.common.Owner;
import dev.mneme.model.Embedder;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.lucene.document.LongField;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** An open index, searched on platform threads. Thread-safe. */
record IndexSource(IndexFolder index, ExecutorService threads, Optional<Embedder> embedder)
    implements Source {
  private static final Sort NEWEST =
      new Sort(LongField.newSortField(Fields.CREATED, true, SortedNumericSelector.Type.MAX));
  private static final Sort LAST_WRITTEN =
      new Sort(new SortField(Fields.SEQUENCE, SortField.Type.LONG, true));

  /** Something to do with one state of the index. */
  @FunctionalInterface
  private interface Search<T> {
    T with(IndexSearcher searcher) throws IOException;
  }

  @Override
  public Future<Leg> byWords(Owner owner, SearchQuery query, List<String> words, int depth) {
    return run(s ->
        LexicalLeg.search(s, query.kind().textField(), words, Filters.of(owner, query), depth));
  }

  @Override
  public Future<Optional<Leg>> byMeaning(
      Owner owner, SearchQuery query, float[] vector, int depth) {
    Embedder model = embedder.orElseThrow();
    String field = query.kind().vectorField(model.modelId());
    Query filter = Filters.of(owner, query);
    return run(
        s -> Optional.of(VectorLeg.search(s, field, vector, filter, depth, model.unrelated())));
  }

  @Override
  public Future<Map<String, List<String>>> matchedWords(
      Owner owner, Kind kind, List<String> words, Collection<String> ids) {
    return run(s -> Reasons.matchedWords(s, kind, words, ids));
  }

  @Override
  public Future<Set<String>> among(Owner owner, SearchQuery query, Collection<String> ids) {
    List<BytesRef> keys =
        ids.stream().map(id -> new BytesRef(query.kind().wordsKey(id).text())).toList();
    Query among =
        new BooleanQuery.Builder()
            .add(new TermInSetQuery(Fields.KEY, keys), BooleanClause.Occur.FILTER)
            .add(new TermQuery(query.kind().words()), BooleanClause.Occur.FILTER)
            .add(Filters.of(owner, query), BooleanClause.Occur.FILTER)
            .build();
    int count = Math.max(1, ids.size());
    return run(
        s -> Set.copyOf(DocIds.of(s, s.search(new ConstantScoreQuery(among), count).scoreDocs)));
  }

  @Override
  public Future<List<String>> newest(Owner owner, SearchQuery query) {
    Query all =
        new BooleanQuery.Builder()
            .add(new TermQuery(query.kind().words()), BooleanClause.Occur.FILTER)
            .add(Filters.of(owner, query), BooleanClause.Occur.FILTER)
            .build();
    Sort order = query.kind() == Kind.MESSAGE ? LAST_WRITTEN : NEWEST;
    return run(s -> DocIds.of(s, s.search(all, query.limit(), order).scoreDocs));
  }

  private <T> Future<T> run(Search<T> search) {
    return threads.submit(() -> {
      IndexSearcher searcher = index.acquire();
      try {
        return search.with(searcher);
      } finally {
        index.release(searcher);
      }
    });
  }
}
