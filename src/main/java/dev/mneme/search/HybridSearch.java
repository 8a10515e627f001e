package dev.mneme.search;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.memory.PassageHit;
import dev.mneme.model.Embedder;
import dev.mneme.search.Fusion.Fused;
import dev.mneme.search.MessageSearch.Mode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Searches by words and by meaning at the same time and makes one list of both. Thread-safe; the
 * sources do the work on threads of theirs while the caller waits.
 */
final class HybridSearch implements AutoCloseable {
  static final String NEWEST = "newest first";
  private static final int MIN_DEPTH = 100;
  private static final int FEW_WAITING = 16;
  private static final Duration FRESH_PATIENCE = Duration.ofMillis(100);

  private final PassageAnalyzer analyzer;
  private final Optional<Embedder> embedder;
  private final Optional<QueryVectors> queries;
  private final Function<Kind, Optional<EmbeddingWorker>> worker;
  private final SearchSettings settings;

  HybridSearch(
      PassageAnalyzer analyzer,
      Optional<Embedder> embedder,
      Function<Kind, Optional<EmbeddingWorker>> worker,
      SearchSettings settings) {
    this.analyzer = analyzer;
    this.embedder = embedder.filter(_ -> settings.vectorWeight() > 0);
    this.queries = this.embedder.map(QueryVectors::new);
    this.worker = worker;
    this.settings = settings;
  }

  /**
   * What was found, the best first.
   *
   * @param asked the words looked for
   * @param note what a reader of the result should know of the search as a whole
   */
  record Ranking(List<String> asked, List<Fused> fused, Leg meaning, Optional<String> note) {}

  /** Passages, the best first. */
  List<PassageHit> passages(Source words, Source meaning, Owner owner, SearchQuery query) {
    if (query.text().isBlank()) {
      return newest(words, owner, query).stream()
          .map(id -> new PassageHit(id, 0, 0, 0, NEWEST))
          .toList();
    }
    Ranking ranking = rank(words, meaning, owner, query, Mode.HYBRID, query.limit());
    Map<String, String> reasons = reasons(words, owner, query.kind(), ranking, ranking.fused());
    return ranking.fused().stream()
        .map(f ->
            new PassageHit(
                f.id(), f.score(), f.lexical(), f.vector(), reasons.getOrDefault(f.id(), "")))
        .toList();
  }

  List<String> newest(Source words, Owner owner, SearchQuery query) {
    return await(words.newest(owner, query));
  }

  /**
   * @param words where to look by words
   * @param meaning where to look by meaning
   * @param count how many at the most
   */
  Ranking rank(Source words, Source meaning, Owner owner, SearchQuery query, Mode mode, int count) {
    List<String> asked = QueryWords.of(analyzer, query.text());
    int depth = Math.max(MIN_DEPTH, 2 * query.limit());
    Future<Leg> byWords = words.byWords(owner, query, asked, depth);
    Optional<float[]> vector =
        mode == Mode.WORDS ? Optional.empty() : queryVector(query.kind(), query.text());
    Optional<Leg> byMeaning = vector.flatMap(v -> await(meaning.byMeaning(owner, query, v, depth)));
    Leg lexical = await(byWords);
    List<Fused> fused =
        byMeaning
            .map(leg ->
                mode == Mode.MEANING
                    ? Fusion.meaningOnly(leg, count)
                    : Fusion.fuse(lexical, leg, settings, count))
            .orElseGet(() -> Fusion.wordsOnly(lexical, count));
    Optional<String> note =
        mode != Mode.WORDS && embedder.isPresent() && byMeaning.isEmpty()
            ? Optional.of(lacking(vector))
            : Optional.empty();
    return new Ranking(asked, fused, byMeaning.orElse(Leg.NOTHING), note);
  }

  Set<String> among(Source source, Owner owner, SearchQuery query, Collection<String> ids) {
    return ids.isEmpty() ? Set.of() : await(source.among(owner, query, ids));
  }

  /** Why each of these was found. */
  Map<String, String> reasons(
      Source words, Owner owner, Kind kind, Ranking ranking, Collection<Fused> shown) {
    List<String> ids = shown.stream().filter(f -> f.lexical() > 0).map(Fused::id).toList();
    Map<String, List<String>> matched =
        ids.isEmpty() ? Map.of() : await(words.matchedWords(owner, kind, ranking.asked(), ids));
    Map<String, String> reasons = new HashMap<>();
    for (Fused one : shown) {
      Optional<Double> cosine = Optional.ofNullable(ranking.meaning().raw().get(one.id()));
      reasons.put(
          one.id(),
          Reasons.line(matched.getOrDefault(one.id(), List.of()), cosine, ranking.note()));
    }
    return reasons;
  }

  private static String lacking(Optional<float[]> vector) {
    return vector.isEmpty()
        ? "by words only: the embedding model is not ready"
        : "by words only: the index is being built";
  }

  private Optional<float[]> queryVector(Kind kind, String text) {
    if (queries.isEmpty()) {
      return Optional.empty();
    }
    Optional<float[]> vector = queries.get().of(QueryWords.shortened(text), settings.patience());
    if (vector.isPresent()) {
      // What was written a moment ago is about to get its vector: wait for it.
      worker
          .apply(kind)
          .filter(w -> w.state() == IndexStatus.Embedding.WORKING && w.waiting() <= FEW_WAITING)
          .ifPresent(w -> w.awaitSettled(FRESH_PATIENCE));
    }
    return vector;
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
