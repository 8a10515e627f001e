package dev.mneme.search;

import dev.mneme.model.Embedder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Embeds queries beside the embedding of passages, and remembers the last ones. Thread-safe; the
 * work is done on platform threads of its own.
 */
final class QueryVectors implements AutoCloseable {
  private static final int REMEMBERED = 256;
  private static final int THREADS = 2;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Embedder embedder;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().name("embed-query-", 0).daemon().factory());
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, CompletableFuture<float[]>> recent =
      new LinkedHashMap<>(REMEMBERED, 0.75f, true);
  private volatile long pauseUntil = System.nanoTime();

  QueryVectors(Embedder embedder) {
    this.embedder = embedder;
  }

  /** The vector of a query, or nothing when it cannot be had in time: then words have to do. */
  Optional<float[]> of(String text, Duration patience) {
    CompletableFuture<float[]> vector = vector(text);
    try {
      return Optional.of(vector.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (ExecutionException _) {
      forget(text, vector);
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private CompletableFuture<float[]> vector(String text) {
    lock.lock();
    try {
      CompletableFuture<float[]> known = recent.get(text);
      if (known != null) {
        return known;
      }
      CompletableFuture<float[]> vector = new CompletableFuture<>();
      if (System.nanoTime() - pauseUntil < 0) {
        vector.completeExceptionally(new IllegalStateException("pausing after a failure"));
        return vector;
      }
      recent.put(text, vector);
      if (recent.size() > REMEMBERED) {
        recent.remove(recent.keySet().iterator().next());
      }
      threads.execute(() -> embed(text, vector));
      return vector;
    } finally {
      lock.unlock();
    }
  }

  private void embed(String text, CompletableFuture<float[]> vector) {
    try {
      vector.complete(embedder.embed(List.of(text)).getFirst());
    } catch (RuntimeException | Error e) {
      pauseUntil = System.nanoTime() + PAUSE_NANOS;
      vector.completeExceptionally(e);
    }
  }

  private void forget(String text, CompletableFuture<float[]> failed) {
    lock.lock();
    try {
      recent.remove(text, failed);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
