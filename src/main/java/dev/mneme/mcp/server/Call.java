package dev.mneme.mcp.server;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request under way: it can be cancelled from another thread. Thread-safe. */
public final class Call {
  private final Session session;
  private final Message.Request request;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread thread;
  private boolean cancelled;
  private volatile boolean over;

  Call(Session session, Message.Request request) {
    this.session = session;
    this.request = request;
  }

  public Session session() {
    return session;
  }

  public Message.Request request() {
    return request;
  }

  /**
   * Runs the work on this thread, which is interrupted when the call is cancelled.
   *
   * @return what the work returned; empty when the call was cancelled, and then no answer is sent
   */
  public <T> Optional<T> run(Supplier<T> work) {
    if (!begin()) {
      return Optional.empty();
    }
    try {
      T result = work.get();
      return end() ? Optional.empty() : Optional.of(result);
    } catch (RuntimeException e) {
      if (end()) {
        return Optional.empty();
      }
      throw e;
    } finally {
      session.done(this);
    }
  }

  /** Whether its work has ended: what is still to come is the answer. */
  boolean isOver() {
    return over;
  }

  void cancel() {
    lock.lock();
    try {
      cancelled = true;
      if (thread != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean begin() {
    lock.lock();
    try {
      thread = Thread.currentThread();
      return !cancelled;
    } finally {
      lock.unlock();
    }
  }

  /** After this no interrupt comes, and one that came is taken off the thread. */
  private boolean end() {
    lock.lock();
    try {
      thread = null;
      over = true;
      if (cancelled) {
        Thread.interrupted();
      }
      return cancelled;
    } finally {
      lock.unlock();
    }
  }
}
