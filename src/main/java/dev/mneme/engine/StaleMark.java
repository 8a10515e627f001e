package dev.mneme.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells one run that memory in its prompt has changed since the prompt was compiled. Set by whoever
 * changes memory; made and taken by the run's thread.
 */
final class StaleMark {
  private final Thread run = Thread.currentThread();
  private final AtomicBoolean stale = new AtomicBoolean();

  /** Written in the run's transaction, read by the run's thread when that has been committed. */
  private boolean compiled;

  void set() {
    if (!(compiled && Thread.currentThread().equals(run))) {
      stale.set(true);
    }
  }

  boolean take() {
    return stale.getAndSet(false);
  }

  /** The run's transaction under way compiles the prompt after its own changes. */
  void compiled() {
    compiled = true;
  }

  /** The transaction has ended, one way or the other. */
  void over() {
    compiled = false;
  }
}
