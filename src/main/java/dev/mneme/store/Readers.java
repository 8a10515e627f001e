package dev.mneme.store;

import dev.mneme.common.MnemeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A fixed number of platform threads with a reading connection each, opened at first use. */
final class Readers implements AutoCloseable {
  private final ExecutorService threads;
  private final BlockingQueue<Handle> idle = new LinkedBlockingQueue<>();
  private final Jdbi jdbi;

  Readers(Jdbi jdbi, int count) {
    this.jdbi = jdbi;
    this.threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().name("reader-", 0).daemon().factory());
  }

  <T> T run(Function<Handle, T> work) {
    Future<T> result;
    try {
      result = threads.submit(() -> inSnapshot(work));
    } catch (RejectedExecutionException _) {
      throw closed();
    }
    try {
      return result.get();
    } catch (InterruptedException _) {
      result.cancel(false);
      Thread.currentThread().interrupt();
      throw MnemeException.unavailable("cancelled", "The request was cancelled.");
    } catch (ExecutionException e) {
      throw SqlErrors.translate(e.getCause());
    }
  }

  private <T> T inSnapshot(Function<Handle, T> work) {
    Handle handle = idle.poll();
    if (handle == null) {
      handle = jdbi.open();
    }
    boolean sound = false;
    try {
      handle.begin();
      try {
        return work.apply(handle);
      } finally {
        handle.rollback();
        sound = true;
      }
    } finally {
      if (sound) {
        idle.add(handle);
      } else {
        handle.close();
      }
    }
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
    for (Handle handle = idle.poll(); handle != null; handle = idle.poll()) {
      handle.close();
    }
  }

  static MnemeException closed() {
    return MnemeException.unavailable("shutting_down", "Mneme is shutting down; try again later.");
  }
}
