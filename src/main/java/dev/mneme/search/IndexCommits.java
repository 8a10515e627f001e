package dev.mneme.search;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The thread beside the index thread: it takes the index to disk from time to time, and does what
 * has to wait. Thread-safe.
 */
final class IndexCommits implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(15);

  private final Supplier<Optional<Commit>> preparing;
  private final Consumer<Exception> failed;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("index-commit").daemon().factory());
  private volatile boolean dirty;

  /**
   * @param preparing brings an index up to the rows; absent when there is none to commit now
   * @param failed told when the index could not be committed
   */
  IndexCommits(Supplier<Optional<Commit>> preparing, Consumer<Exception> failed) {
    this.preparing = preparing;
    this.failed = failed;
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** An index that is ready to be committed, and what the commit says of it. */
  record Commit(IndexFolder index, Map<String, String> data) {
    Commit {
      data = Map.copyOf(data);
    }
  }

  void start(Duration every) {
    long millis = every.toMillis();
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(this::commitIfDirty, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** The index holds something that is not on disk. */
  void changed() {
    dirty = true;
  }

  /** Commits what is not on disk, so that the next start has little to replay. */
  void commitIfDirty() {
    if (!dirty) {
      return;
    }
    // First: what changes from now on may miss this commit and asks for the next.
    dirty = false;
    Optional<Commit> prepared = preparing.get();
    if (prepared.isEmpty()) {
      dirty = true;
      return;
    }
    try {
      prepared.get().index().commit(prepared.get().data());
    } catch (IOException | RuntimeException e) {
      failed.accept(e);
    }
  }

  /** Does something on this thread later, unless Mneme shuts down before. */
  void later(Runnable work, Duration delay) {
    try {
      ScheduledFuture<?> _ = thread.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // Closing.
    }
  }

  /** Stops the thread and commits once more. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      // An interrupt in the middle of a commit would close the index for good.
      if (!thread.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException _) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
    commitIfDirty();
  }
}
