package dev.mneme.store;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A platform thread with a reading connection of its own, opened at first use. */
final class ReaderThread extends Thread {
  private final Jdbi jdbi;
  private @Nullable Handle handle;

  ReaderThread(Runnable work, Jdbi jdbi, String name) {
    super(null, work, name, 0, false);
    this.jdbi = jdbi;
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      super.run();
    } finally {
      discard();
    }
  }

  /** Runs on a snapshot, which lasts until the work ends; on this thread only. */
  <T> T inSnapshot(Function<Handle, T> work) {
    Handle used = handle == null ? jdbi.open() : handle;
    handle = used;
    boolean sound = false;
    try {
      used.begin();
      try {
        return work.apply(used);
      } finally {
        used.rollback();
        sound = true;
      }
    } finally {
      if (!sound) {
        discard();
      }
    }
  }

  /** The snapshot under way. */
  Handle snapshot() {
    Handle used = handle;
    if (used == null) {
      throw new IllegalStateException("no snapshot");
    }
    return used;
  }

  private void discard() {
    Handle used = handle;
    handle = null;
    if (used != null) {
      used.close();
    }
  }
}
