package dev.mneme.store;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writing thread. Writes that wait together share one commit, hence one flush to disk; each
 * stands in a savepoint of its own, so that the failure of one undoes only that one. A write that
 * stands alone is the transaction.
 */
final class Writer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Writer.class);
  private static final int MAX_GROUP = 64;
  private static final int MAX_WAITING = 10_000;

  /**
   * Copying the log into the database is a write for each page that changed, however often it did:
   * the rarer, the less is written. The pages under change should not have to be read back.
   */
  private static final List<String> PRAGMAS =
      List.of("PRAGMA wal_autocheckpoint = 8000", "PRAGMA cache_size = -32768");

  private static final Duration SLOW = Duration.ofSeconds(1);

  private final BlockingQueue<WriterTask> queue = new LinkedBlockingQueue<>();

  private final Jdbi jdbi;
  private final Thread thread;
  private volatile boolean closed;

  Writer(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.thread = Thread.ofPlatform().name("writer").daemon().start(this::loop);
  }

  /** Waits until the write is durable, even when interrupted: the outcome must be known. */
  <T> T run(Owner owner, Function<Tx, T> work) {
    WriteJob<T> job = new WriteJob<>(owner, work);
    submit(job);
    T result = await(job);
    job.afterCommit().forEach(Runnable::run);
    return result;
  }

  /** Copies the log into the database and empties it; whether no reader stood in the way. */
  boolean emptyLog() {
    LogJob job = new LogJob();
    submit(job);
    try {
      return job.result.join();
    } catch (CompletionException e) {
      throw SqlErrors.translate(e.getCause());
    }
  }

  boolean isCurrentThread() {
    return thread.equals(Thread.currentThread());
  }

  private void submit(WriterTask job) {
    if (isCurrentThread()) {
      throw MnemeException.internal(
          "nested_write",
          "A write was begun inside of another write.",
          new IllegalStateException("Pass the Tx on instead of opening another."));
    }
    if (queue.size() >= MAX_WAITING) {
      throw MnemeException.limit(
          "write_queue_full", "More than " + MAX_WAITING + " writes are waiting; try again later.");
    }
    if (closed) {
      throw Readers.closed();
    }
    queue.add(job);
    if (closed && queue.remove(job)) {
      throw Readers.closed();
    }
  }

  private static <T> T await(WriteJob<T> job) {
    try {
      return job.result.join();
    } catch (CompletionException e) {
      throw SqlErrors.translate(e.getCause());
    }
  }

  private void loop() {
    try (Handle handle = jdbi.open()) {
      for (String pragma : PRAGMAS) {
        handle.execute(pragma);
      }
      while (!closed || !queue.isEmpty()) {
        serve(handle, queue.take());
      }
      LogJob.emptyLog(handle);
    } catch (InterruptedException | RuntimeException | Error e) {
      log.error("The writer of the database ended; no more writes are possible.", e);
      closed = true;
      failWaiting(e);
    }
  }

  private void serve(Handle handle, WriterTask first) {
    List<WriteJob<?>> group = new ArrayList<>();
    @Nullable WriterTask next = first;
    while (next instanceof WriteJob<?> job) {
      group.add(job);
      next = group.size() < MAX_GROUP && queue.peek() instanceof WriteJob<?> ? queue.poll() : null;
    }
    if (!group.isEmpty()) {
      commit(handle, group);
    } else if (next instanceof LogJob job) {
      job.run(handle);
    }
  }

  private static void commit(Handle handle, List<WriteJob<?>> group) {
    List<WriteJob<?>> done = new ArrayList<>(group.size());
    boolean alone = group.size() == 1;
    try {
      handle.begin();
      for (WriteJob<?> job : group) {
        long begin = System.nanoTime();
        if (alone ? job.run(handle) : job.attempt(handle)) {
          done.add(job);
        }
        long nanos = System.nanoTime() - begin;
        if (nanos > SLOW.toNanos()) {
          log.warn("A write took {} ms; all others waited for it.", nanos / 1_000_000);
        }
      }
      if (done.isEmpty()) {
        rollback(handle);
      } else {
        handle.commit();
      }
      done.forEach(WriteJob::succeed);
    } catch (RuntimeException | Error e) {
      rollback(handle);
      group.forEach(job -> job.fail(e));
    }
  }

  private static void rollback(Handle handle) {
    try {
      handle.rollback();
    } catch (RuntimeException _) {
      // SQLite has already rolled back, as it does when the disk is full.
    }
  }

  private void failWaiting(Throwable cause) {
    for (WriterTask next = queue.poll(); next != null; next = queue.poll()) {
      next.fail(cause);
    }
  }

  @Override
  public void close() {
    closed = true;
    queue.add(new WriterTask.End());
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
