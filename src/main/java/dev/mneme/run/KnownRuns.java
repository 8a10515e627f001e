package dev.mneme.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The runs of this process by their id: those under way, and for a while those that ended, as long
 * as their events are not too many. Thread-safe.
 */
final class KnownRuns {
  private static final int MAX_EVENTS = 100_000;
  private static final int MAX_RUNS = 2_000;

  private record Past(ActiveRun run, long endedNanos, int events) {}

  private final Duration keep;
  private final ConcurrentMap<String, ActiveRun> byId = new ConcurrentHashMap<>();
  private final Deque<Past> ended = new ArrayDeque<>();
  private int events;

  KnownRuns(Duration keep) {
    this.keep = keep;
  }

  void add(ActiveRun run) {
    byId.put(run.run().id(), run);
  }

  Optional<ActiveRun> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Iterable<ActiveRun> all() {
    return byId.values();
  }

  void remove(ActiveRun run) {
    byId.remove(run.run().id());
  }

  synchronized void ended(ActiveRun run) {
    int size = run.log().size();
    ended.addLast(new Past(run, System.nanoTime(), size));
    events += size;
    forget();
  }

  /** Forgets what has been kept for long enough; whether nothing that ended is left. */
  synchronized boolean forget() {
    while (!ended.isEmpty() && isOver(ended.getFirst())) {
      Past past = ended.removeFirst();
      events -= past.events();
      byId.remove(past.run().run().id());
    }
    return ended.isEmpty();
  }

  private boolean isOver(Past first) {
    return events > MAX_EVENTS
        || ended.size() > MAX_RUNS
        || System.nanoTime() - first.endedNanos() > keep.toNanos();
  }
}
