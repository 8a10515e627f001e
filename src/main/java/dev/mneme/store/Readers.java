package dev.mneme.store;

import dev.mneme.common.MnemeException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A fixed number of reading threads. A read inside of a read sees the same snapshot. An interrupted
 * caller's query is stopped.
 */
final class Readers implements AutoCloseable {
  private static final int MAX_WAITING = 10_000;

  private final ThreadPoolExecutor threads;

  Readers(Jdbi jdbi, int count) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            work -> new ReaderThread(work, jdbi, "reader-" + number.getAndIncrement()));
  }

  <T> T run(Function<Handle, T> work) {
    if (Thread.currentThread() instanceof ReaderThread outer) {
      return work.apply(outer.snapshot());
    }
    ReadJob<T> job = new ReadJob<>(work);
    Future<T> result;
    try {
      result = threads.submit(job);
    } catch (RejectedExecutionException _) {
      throw threads.isShutdown()
          ? closed()
          : MnemeException.limit(
              "read_queue_full",
              "More than " + MAX_WAITING + " queries are waiting; try again later.");
    }
    try {
      return result.get();
    } catch (InterruptedException _) {
      job.stop();
      Thread.currentThread().interrupt();
      throw cancelled();
    } catch (ExecutionException e) {
      throw SqlErrors.translate(e.getCause());
    }
  }

  static boolean isReading() {
    return Thread.currentThread() instanceof ReaderThread;
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  static MnemeException closed() {
    return MnemeException.unavailable("shutting_down", "Mneme is shutting down; try again later.");
  }

  static MnemeException cancelled() {
    return MnemeException.unavailable("cancelled", "The request was cancelled.");
  }
}
