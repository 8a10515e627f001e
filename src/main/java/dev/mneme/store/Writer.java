package dev.mneme.store;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The one writing thread. Writes that wait together share one commit, hence one flush to disk; each
 * stands in a savepoint of its own, so that the failure of one undoes only that one.
 */
final class Writer implements AutoCloseable {
  private static final int MAX_GROUP = 64;
  private static final int MAX_WAITING = 10_000;

  private final BlockingQueue<Job<?>> queue = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Jdbi jdbi;
  private final Thread thread;
  private volatile boolean closed;

  Writer(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.thread = Thread.ofPlatform().name("writer").daemon().start(this::loop);
  }

  /** Waits until the write is durable, even when interrupted: the outcome must be known. */
  <T> T run(Owner owner, Function<Tx, T> work) {
    Job<T> job = new Job<>(owner, work);
    if (closed) {
      throw Readers.closed();
    }
    if (!queue.offer(job)) {
      throw MnemeException.limit(
          "write_queue_full", "More than " + MAX_WAITING + " writes are waiting; try again later.");
    }
    if (closed && queue.remove(job)) {
      throw Readers.closed();
    }
    try {
      T result = job.result.join();
      job.afterCommit.forEach(Runnable::run);
      return result;
    } catch (CompletionException e) {
      throw SqlErrors.translate(e.getCause());
    }
  }

  private void loop() {
    try (Handle handle = jdbi.open()) {
      while (!closed || !queue.isEmpty()) {
        List<Job<?>> group = take();
        if (!group.isEmpty()) {
          commit(handle, group);
        }
      }
      handle.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (RuntimeException e) {
      closed = true;
      for (Job<?> job = queue.poll(); job != null; job = queue.poll()) {
        job.fail(e);
      }
    }
  }

  private List<Job<?>> take() {
    List<Job<?>> group = new ArrayList<>();
    try {
      group.add(queue.take());
      queue.drainTo(group, MAX_GROUP - 1);
    } catch (InterruptedException _) {
      queue.drainTo(group, MAX_GROUP);
    }
    return group;
  }

  private static void commit(Handle handle, List<Job<?>> group) {
    List<Job<?>> done = new ArrayList<>(group.size());
    try {
      handle.begin();
      for (Job<?> job : group) {
        if (job.attempt(handle)) {
          done.add(job);
        }
      }
      handle.commit();
      done.forEach(Job::succeed);
    } catch (RuntimeException e) {
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

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Job<T> {
    private static final String SAVEPOINT = "job";

    final CompletableFuture<T> result = new CompletableFuture<>();
    private final Owner owner;
    private final Function<Tx, T> work;
    private T value;
    private List<Runnable> afterCommit = List.of();

    @SuppressWarnings("NullAway.Init")
    Job(Owner owner, Function<Tx, T> work) {
      this.owner = owner;
      this.work = work;
    }

    boolean attempt(Handle handle) {
      handle.savepoint(SAVEPOINT);
      try {
        Tx tx = new Tx(handle, owner);
        value = work.apply(tx);
        afterCommit = List.copyOf(tx.afterCommit());
        handle.releaseSavepoint(SAVEPOINT);
        return true;
      } catch (RuntimeException | Error e) {
        handle.rollbackToSavepoint(SAVEPOINT);
        result.completeExceptionally(e);
        return false;
      }
    }

    void succeed() {
      result.complete(value);
    }

    void fail(Throwable cause) {
      result.completeExceptionally(cause);
    }
  }
}
