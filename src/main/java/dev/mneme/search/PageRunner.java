package dev.mneme.search;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Works on a few pages at the same time, so that not all of them are in memory. Not thread-safe.
 */
final class PageRunner<T> {
  private static final int AT_ONCE = 3;

  private final ExecutorService threads;
  private final Deque<Future<T>> underWay = new ArrayDeque<>();
  private final List<T> results = new ArrayList<>();

  private final Precedence searches;

  PageRunner(ExecutorService threads, Precedence searches) {
    this.searches = searches;
    this.threads = threads;
  }

  void submit(Callable<T> page) throws IOException {
    while (underWay.size() >= AT_ONCE) {
      results.add(await(underWay.removeFirst()));
    }
    underWay.add(
        threads.submit(() -> {
          searches.giveWay();
          return page.call();
        }));
  }

  /** Waits for all pages; their results in order. */
  List<T> finish() throws IOException {
    while (!underWay.isEmpty()) {
      results.add(await(underWay.removeFirst()));
    }
    return List.copyOf(results);
  }

  private static <T> T await(Future<T> page) throws IOException {
    try {
      return page.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw MnemeException.unavailable("shutting_down", "Mneme is shutting down.");
    }
  }
}
