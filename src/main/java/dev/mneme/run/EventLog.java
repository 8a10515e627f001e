package dev.mneme.run;

import dev.mneme.run.RunFollower.Numbered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The events of one run, numbered from 1. Whoever appends never waits for a reader; each reader
 * goes at its own pace. Of a very long run the oldest are dropped. Thread-safe.
 */
final class EventLog {
  static final int MAX = 50_000;

  private final String runId;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<RunEvent> events = new ArrayList<>();
  private long first = 1;
  private boolean over;

  EventLog(String runId) {
    this.runId = runId;
  }

  /** Adds an event, unless the end was told. */
  void append(RunEvent event) {
    lock.lock();
    try {
      if (over) {
        return;
      }
      if (events.size() >= MAX) {
        events.subList(0, MAX / 10).clear();
        first += MAX / 10;
      }
      events.add(event);
      over = event instanceof RunEvent.Ended;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The number of the last event; 0 before the first. */
  long last() {
    lock.lock();
    try {
      return first + events.size() - 1;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return events.size();
    } finally {
      lock.unlock();
    }
  }

  /** Whether all events after this number are still here. */
  boolean reaches(long after) {
    lock.lock();
    try {
      return after + 1 >= first;
    } finally {
      lock.unlock();
    }
  }

  /** All events after a number, as far as they are here. */
  List<Numbered> since(long after) {
    lock.lock();
    try {
      List<Numbered> found = new ArrayList<>();
      for (long i = Math.max(after + 1, first); i < first + events.size(); i++) {
        found.add(new Numbered(i, events.get((int) (i - first))));
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  RunFollower follower(long after) {
    return new Reader(after);
  }

  private Optional<Numbered> next(long after, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        if (after + 1 < first) {
          throw RunErrors.eventsGone(runId);
        }
        if (after + 1 < first + events.size()) {
          return Optional.of(new Numbered(after + 1, events.get((int) (after + 1 - first))));
        }
        if (over || nanos <= 0) {
          return Optional.empty();
        }
        nanos = more.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private final class Reader implements RunFollower {
    private long read;

    Reader(long after) {
      this.read = after;
    }

    @Override
    public Optional<Numbered> next(Duration patience) throws InterruptedException {
      Optional<Numbered> next = EventLog.this.next(read, patience);
      next.ifPresent(event -> read = event.sequence());
      return next;
    }
  }
}
