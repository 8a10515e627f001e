package dev.mneme.store;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** One query on a reader thread; its caller may stop it while it runs. */
final class ReadJob<T> implements Callable<T> {
  private final Function<Handle, T> work;
  private @Nullable Handle running;
  private boolean stopped;

  ReadJob(Function<Handle, T> work) {
    this.work = work;
  }

  @Override
  public T call() {
    return ((ReaderThread) Thread.currentThread())
        .inSnapshot(handle -> {
          begin(handle);
          try {
            return work.apply(handle);
          } finally {
            end();
          }
        });
  }

  private synchronized void begin(Handle handle) {
    if (stopped) {
      throw Readers.cancelled();
    }
    running = handle;
  }

  private synchronized void end() {
    running = null;
  }

  /** Under the same lock as {@link #end}: the connection must not yet serve somebody else. */
  synchronized void stop() {
    stopped = true;
    Handle handle = running;
    if (handle != null) {
      try {
        handle.getConnection().unwrap(SQLiteConnection.class).getDatabase().interrupt();
      } catch (SQLException _) {
        // The query ends by itself.
      }
    }
  }
}
