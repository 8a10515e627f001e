package dev.mneme.store;

import dev.mneme.common.Owner;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** One caller's write. */
final class WriteJob<T> implements WriterTask {
  private static final String SAVEPOINT = "job";

  final CompletableFuture<T> result = new CompletableFuture<>();
  private final Owner owner;
  private final Function<Tx, T> work;
  private T value;
  private List<Runnable> afterCommit = List.of();

  @SuppressWarnings("NullAway.Init")
  WriteJob(Owner owner, Function<Tx, T> work) {
    this.owner = owner;
    this.work = work;
  }

  /** Does the work as the only one of its transaction; whether there is something to commit. */
  boolean run(Handle handle) {
    try {
      work(handle);
      return true;
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
      return false;
    }
  }

  /**
   * Does the work in a savepoint; whether it is now part of the group's transaction.
   *
   * @throws RuntimeException when the whole transaction is lost with it, as when the disk is full
   */
  boolean attempt(Handle handle) {
    handle.savepoint(SAVEPOINT);
    try {
      work(handle);
      handle.releaseSavepoint(SAVEPOINT);
      return true;
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
      try {
        handle.rollbackToSavepoint(SAVEPOINT);
      } catch (RuntimeException lost) {
        e.addSuppressed(lost);
        throw e;
      }
      return false;
    }
  }

  private void work(Handle handle) {
    Tx tx = new Tx(handle, owner);
    value = work.apply(tx);
    afterCommit = List.copyOf(tx.afterCommit());
  }

  void succeed() {
    result.complete(value);
  }

  @Override
  public void fail(Throwable cause) {
    result.completeExceptionally(cause);
  }

  List<Runnable> afterCommit() {
    return afterCommit;
  }
}
