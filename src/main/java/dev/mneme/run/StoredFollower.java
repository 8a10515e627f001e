package dev.mneme.run;

import dev.mneme.store.Scope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Reads the events of a background run from their rows; looks again until the run has ended. */
final class StoredFollower implements RunFollower {
  private static final int PAGE = 500;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Scope scope;
  private final String runId;
  private final Deque<Numbered> page = new ArrayDeque<>();
  private long read;
  private boolean over;

  StoredFollower(Scope scope, String runId, long after) {
    this.scope = scope;
    this.runId = runId;
    this.read = after;
  }

  @Override
  public Optional<Numbered> next(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      if (page.isEmpty() && !over) {
        page.addAll(scope.read(reads -> RunEventRows.after(reads, runId, read, PAGE)));
      }
      if (!page.isEmpty()) {
        Numbered next = page.removeFirst();
        read = next.sequence();
        over = next.event() instanceof RunEvent.Ended;
        return Optional.of(next);
      }
      long left = end - System.nanoTime();
      if (over || left <= 0 || endedLongAgo()) {
        return Optional.empty();
      }
      Thread.sleep(Duration.ofNanos(Math.min(left, LOOK_AGAIN.toNanos())));
    }
  }

  /** A run whose last events are not rows, as when it ended before they were kept. */
  private boolean endedLongAgo() {
    boolean ended =
        scope.read(reads -> RunRows.find(reads, runId)).stream()
            .allMatch(run -> run.status().ended());
    return ended && scope.read(reads -> RunEventRows.after(reads, runId, read, 1)).isEmpty();
  }
}
