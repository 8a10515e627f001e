package dev.mneme.store;

import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;

/** Empties SQLite's write-ahead log, which still holds pages as they were before a change. */
final class LogJob implements WriterTask {
  final CompletableFuture<Boolean> result = new CompletableFuture<>();

  void run(Handle handle) {
    try {
      result.complete(emptyLog(handle));
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  @Override
  public void fail(Throwable cause) {
    result.completeExceptionally(cause);
  }

  static boolean emptyLog(Handle handle) {
    return handle
        .createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
        .map((row, _) -> row.getInt("busy") == 0)
        .one();
  }
}
