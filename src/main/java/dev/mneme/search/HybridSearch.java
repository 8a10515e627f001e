package dev.mneme.search;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.memory.PassageHit;
import dev.mneme.memory.PassageQuery;
import dev.mneme.model.Embedder;
import dev.mneme.search.Fusion.Fused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Searches by words and by meaning at the same time and makes one list of both. Thread-safe; the
 * sources do the work on threads of theirs while the caller waits.
 */
final class HybridSearch implements AutoCloseable {
  private static final int MIN_DEPTH = 100;
  private static final int FEW_WAITING = 16;
  private static final Duration FRESH_PATIENCE = Duration.ofMillis(100);

  private final PassageAnalyzer analyzer;
  private final Optional<Embedder> embedder;
  private final Optional<QueryVectors> queries;
  private final Optional<EmbeddingWorker> worker;
  private final SearchSettings settings;

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

  /**
   * @param words where to look by words
   * @param meaning where to look by meaning
   */
  List<PassageHit> search(Source words, Source meaning, Owner owner, PassageQuery query) {
    if (query.text().isBlank()) {
      return await(words.newest(owner, query)).stream()
          .map(id -> new PassageHit(id, 0, 0, 0, "newest first"))
          .toList();
    }
    List<String> asked = QueryWords.of(analyzer, query.text());
    int depth = Math.max(MIN_DEPTH, 2 * query.limit());
    Future<Leg> byWords = words.byWords(owner, query, asked, depth);
    Optional<float[]> vector = queryVector(query.text());
    Optional<Leg> byMeaning = vector.flatMap(v -> await(meaning.byMeaning(owner, query, v, depth)));
    Leg lexical = await(byWords);
    List<Fused> fused =
        byMeaning.isPresent()
            ? Fusion.fuse(lexical, byMeaning.get(), settings, query.limit())
            : Fusion.wordsOnly(lexical, query.limit());
    List<String> ids = fused.stream().filter(f -> f.lexical() > 0).map(Fused::id).toList();
    Map<String, List<String>> matched =
        ids.isEmpty() ? Map.of() : await(words.matchedWords(owner, asked, ids));
    Optional<String> note =
        embedder.isPresent() && byMeaning.isEmpty()
            ? Optional.of(lacking(vector))
            : Optional.empty();
    return hits(fused, matched, byMeaning.orElse(Leg.NOTHING), note);
  }

  private static String lacking(Optional<float[]> vector) {
    return vector.isEmpty()
        ? "by words only: the embedding model is not ready"
        : "by words only: the index is being built";
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

  private static List<PassageHit> hits(
      List<Fused> fused, Map<String, List<String>> matched, Leg meaning, Optional<String> note) {
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

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw MnemeException.unavailable("cancelled", "The search was cancelled.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MnemeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    queries.ifPresent(QueryVectors::close);
  }
}
