package dev.mneme.search;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.memory.PassageQuery;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The database as the place to look in: slower than the index, but complete from the first moment.
 * Thread-safe; the work is done by the database's readers.
 */
final class RowSource implements Source, AutoCloseable {
  private static final int MEANING_SECONDS = 3;

  private final RowScan scan;
  private final Optional<VectorScan> vectors;
  private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();

  // A scan of all vectors takes a reader for a second: one at a time leaves the others to the rest.
  private final Semaphore turn = new Semaphore(1);

  private final Precedence precedence;

  RowSource(RowScan scan, Optional<VectorScan> vectors, Precedence precedence) {
    this.precedence = precedence;
    this.scan = scan;
    this.vectors = vectors;
  }

  @Override
  public Future<Leg> byWords(Owner owner, PassageQuery query, List<String> words, int depth) {
    return run(() -> scan.byWords(owner, query, words, depth));
  }

  @Override
  public Future<Optional<Leg>> byMeaning(
      Owner owner, PassageQuery query, float[] vector, int depth) {
    return run(() -> {
      if (vectors.isEmpty() || !turn.tryAcquire(MEANING_SECONDS, TimeUnit.SECONDS)) {
        return Optional.empty();
      }
      try {
        return vectors.get().search(owner, query, vector, depth);
      } finally {
        turn.release();
      }
    });
  }

  @Override
  public Future<Map<String, List<String>>> matchedWords(
      Owner owner, List<String> words, Collection<String> ids) {
    return run(() -> scan.matchedWords(owner, words, ids));
  }

  @Override
  public Future<List<String>> newest(Owner owner, PassageQuery query) {
    return run(() -> scan.newest(owner, query));
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
