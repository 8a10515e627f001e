package dev.mneme.search;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.memory.PassageHit;
import dev.mneme.memory.PassageQuery;
import dev.mneme.model.Embedder;
import dev.mneme.search.Fusion.Fused;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
import org.apache.lucene.search.TopFieldDocs;

/**
 * Searches an open index by words and by meaning at the same time and makes one list of both.
 * Thread-safe; the work is done on platform threads of its own while the caller waits.
 */
final class HybridSearch implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int MIN_DEPTH = 100;
  private static final int FEW_WAITING = 16;
  private static final Duration FRESH_PATIENCE = Duration.ofMillis(100);
  private static final Sort NEWEST =
      new Sort(LongField.newSortField(Fields.CREATED, true, SortedNumericSelector.Type.MAX));

  private final PassageAnalyzer analyzer;
  private final Optional<Embedder> embedder;
  private final Optional<QueryVectors> queries;
  private final Optional<EmbeddingWorker> worker;
  private final SearchSettings settings;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().name("search-", 0).daemon().factory());

  HybridSearch(
      PassageAnalyzer analyzer,
      Optional<Embedder> embedder,
      Optional<EmbeddingWorker> worker,
      SearchSettings settings) {
    this.analyzer = analyzer;
    this.embedder = embedder.filter(_ -> settings.vectorWeight() > 0);
    this.queries = this.embedder.map(QueryVectors::new);
    this.worker = worker;
    this.settings = settings;
  }

  /** Something to do with one state of the index. */
  @FunctionalInterface
  private interface Search<T> {
    T with(IndexSearcher searcher) throws IOException;
  }

  List<PassageHit> search(IndexFolder index, Owner owner, PassageQuery query) throws IOException {
    Query filter = Filters.of(owner, query);
    List<String> words = QueryWords.of(analyzer, query.text());
    if (query.text().isBlank()) {
      return await(run(index, s -> newest(s, filter, query.limit())));
    }
    int depth = Math.max(MIN_DEPTH, 2 * query.limit());
    Future<Leg> byWords = run(index, s -> LexicalLeg.search(s, words, filter, depth));
    Optional<float[]> vector = queryVector(query.text());
    Optional<Future<Leg>> byMeaning =
        vector.map(v -> run(index, s -> byMeaning(s, v, filter, depth)));
    Leg lexical = await(byWords);
    Leg meaning = byMeaning.isPresent() ? await(byMeaning.get()) : Leg.NOTHING;
    List<Fused> fused =
        vector.isPresent()
            ? Fusion.fuse(lexical, meaning, settings, query.limit())
            : Fusion.wordsOnly(lexical, query.limit());
    Optional<String> note =
        embedder.isPresent() && vector.isEmpty()
            ? Optional.of("by words only: the embedding model is not ready")
            : Optional.empty();
    return hits(index, fused, words, meaning, note);
  }

  private Optional<float[]> queryVector(String text) {
    if (queries.isEmpty()) {
      return Optional.empty();
    }
    Optional<float[]> vector = queries.get().of(QueryWords.shortened(text), settings.patience());
    if (vector.isPresent()) {
      // What was written a moment ago is about to get its vector: wait for it.
      worker
          .filter(w -> w.state() == IndexStatus.Embedding.WORKING && w.waiting() <= FEW_WAITING)
          .ifPresent(w -> w.awaitSettled(FRESH_PATIENCE));
    }
    return vector;
  }

  private Leg byMeaning(IndexSearcher searcher, float[] vector, Query filter, int depth)
      throws IOException {
    Embedder model = embedder.orElseThrow();
    String field = Fields.vectorField(model.modelId());
    return VectorLeg.search(searcher, field, vector, filter, depth, model.unrelated());
  }

  private List<PassageHit> hits(
      IndexFolder index,
      List<Fused> fused,
      List<String> words,
      Leg meaning,
      Optional<String> note) {
    List<String> ids = fused.stream().filter(f -> f.lexical() > 0).map(Fused::id).toList();
    Map<String, List<String>> matched =
        ids.isEmpty() ? Map.of() : await(run(index, s -> Reasons.matchedWords(s, words, ids)));
    return fused.stream()
        .map(f ->
            new PassageHit(
                f.id(),
                f.score(),
                f.lexical(),
                f.vector(),
                Reasons.line(
                    matched.getOrDefault(f.id(), List.of()),
                    Optional.ofNullable(meaning.raw().get(f.id())),
                    note)))
        .toList();
  }

  private static List<PassageHit> newest(IndexSearcher searcher, Query filter, int limit)
      throws IOException {
    Query passages =
        new BooleanQuery.Builder()
            .add(new TermQuery(new Term(Fields.KIND, Fields.PASSAGE)), BooleanClause.Occur.FILTER)
            .add(filter, BooleanClause.Occur.FILTER)
            .build();
    TopFieldDocs found = searcher.search(passages, limit, NEWEST);
    return DocIds.of(searcher, found.scoreDocs).stream()
        .map(id -> new PassageHit(id, 0, 0, 0, "newest first"))
        .toList();
  }

  private <T> Future<T> run(IndexFolder index, Search<T> search) {
    return threads.submit(() -> {
      IndexSearcher searcher = index.searchers().acquire();
      try {
        return search.with(searcher);
      } finally {
        index.searchers().release(searcher);
      }
    });
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw MnemeException.unavailable("cancelled", "The search was cancelled.");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    queries.ifPresent(QueryVectors::close);
  }
}
