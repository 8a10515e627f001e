package dev.mneme.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passages that wait for their vectors: first those written just now, then a walk through older
 * ones. Thread-safe.
 */
final class WorkQueue {
  private static final int MAX_FRESH = 20_000;
  private static final long NO_WALK = Long.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<String> fresh = new LinkedHashSet<>();
  private long walkFrom = NO_WALK;
  private int inWork;
  private boolean closed;

  /** Work to do: ids, or a walk through all passages changed after a sequence. */
  record Work(List<String> ids, long walkAfter) {}

  void offer(Collection<String> ids, long lowestSequence) {
    lock.lock();
    try {
      if (fresh.size() + ids.size() > MAX_FRESH) {
        walkFrom = Math.min(walkFrom, lowestSequence - 1);
      } else {
        fresh.addAll(ids);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void walk(long afterSequence) {
    lock.lock();
    try {
      walkFrom = Math.min(walkFrom, afterSequence);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for work; empty work means closed. The caller has to call {@link #done} afterwards. */
  Work take(int count) throws InterruptedException {
    lock.lock();
    try {
      while (fresh.isEmpty() && walkFrom == NO_WALK && !closed) {
        changed.await();
      }
      List<String> ids = new ArrayList<>(count);
      Iterator<String> next = fresh.iterator();
      while (next.hasNext() && ids.size() < count) {
        ids.add(next.next());
        next.remove();
      }
      inWork = Math.max(1, ids.size());
      long walk = walkFrom;
      if (ids.isEmpty()) {
        walkFrom = NO_WALK;
      }
      return new Work(closed ? List.of() : ids, closed ? NO_WALK : walk);
    } finally {
      lock.unlock();
    }
  }

  void done() {
    lock.lock();
    try {
      inWork = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether written passages wait, which go before older ones. */
  boolean hasFresh() {
    lock.lock();
    try {
      return !fresh.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** How many wait or are in work, as far as they are counted. */
  int waiting() {
    lock.lock();
    try {
      return fresh.size() + inWork;
    } finally {
      lock.unlock();
    }
  }

  boolean settled() {
    lock.lock();
    try {
      return isSettled();
    } finally {
      lock.unlock();
    }
  }

  boolean awaitSettled(Duration patience) {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (!isSettled() && nanos > 0 && !closed) {
        nanos = changed.awaitNanos(nanos);
      }
      return isSettled();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for that long, or until the queue is closed. */
  void pause(Duration time) throws InterruptedException {
    long nanos = time.toNanos();
    lock.lock();
    try {
      while (nanos > 0 && !closed) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isSettled() {
    return fresh.isEmpty() && walkFrom == NO_WALK && inWork == 0;
  }
}
