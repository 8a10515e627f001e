package dev.mneme.search;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The database as the place to look in: slower than the index, but complete from the first moment.
 * Thread-safe; the work is done by the database's readers.
 */
final class RowSource implements Source, AutoCloseable {
  private static final int MEANING_SECONDS = 3;

  private final Function<Kind, RowScan> scans;
  private final Function<Kind, Optional<VectorScan>> vectors;
  private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();

  // A scan of all vectors takes a reader for a second: one at a time leaves the others to the rest.
  private final Semaphore turn = new Semaphore(1);

  private final Precedence precedence;

  RowSource(
      Function<Kind, RowScan> scans,
      Function<Kind, Optional<VectorScan>> vectors,
      Precedence precedence) {
    this.precedence = precedence;
    this.scans = scans;
    this.vectors = vectors;
  }

  @Override
  public Future<Leg> byWords(Owner owner, SearchQuery query, List<String> words, int depth) {
    return run(() -> scans.apply(query.kind()).byWords(owner, query, words, depth));
  }

  @Override
  public Future<Optional<Leg>> byMeaning(
      Owner owner, SearchQuery query, float[] vector, int depth) {
    return run(() -> {
      Optional<VectorScan> stored = vectors.apply(query.kind());
      if (stored.isEmpty() || !turn.tryAcquire(MEANING_SECONDS, TimeUnit.SECONDS)) {
        return Optional.empty();
      }
      try {
        return stored.get().search(owner, query, vector, depth);
      } finally {
        turn.release();
      }
    });
  }

  @Override
  public Future<Map<String, List<String>>> matchedWords(
      Owner owner, Kind kind, List<String> words, Collection<String> ids) {
    return run(() -> scans.apply(kind).matchedWords(owner, words, ids));
  }

  @Override
  public Future<Set<String>> among(Owner owner, SearchQuery query, Collection<String> ids) {
    return run(() -> scans.apply(query.kind()).among(owner, query, ids));
  }

  @Override
  public Future<List<String>> newest(Owner owner, SearchQuery query) {
    return run(() -> scans.apply(query.kind()).newest(owner, query));
  }

  private <T> Future<T> run(Callable<T> work) {
    try {
      return waiting.submit(() -> {
        precedence.begin();
        try {
          return work.call();
        } finally {
          precedence.end();
        }
      });
    } catch (RejectedExecutionException _) {
      throw MnemeException.unavailable("shutting_down", "Mneme is shutting down.");
    }
  }

  @Override
  public void close() {
    waiting.shutdownNow();
  }
}
