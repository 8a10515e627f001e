package dev.mneme.run;

import dev.mneme.common.Owner;
import dev.mneme.run.RunFollower.Numbered;
import dev.mneme.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the events of background runs, those of all runs together and at most 25 ms late, so that
 * many runs cost few commits and no run waits for one. Thread-safe.
 */
final class BackgroundEvents implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BackgroundEvents.class);
  private static final Duration GATHER = Duration.ofMillis(25);

  private final Database database;
  private final BlockingQueue<ActiveRun> told = new LinkedBlockingQueue<>();
  private final Set<ActiveRun> waiting = new HashSet<>();
  private final Thread thread;

  BackgroundEvents(Database database) {
    this.database = database;
    this.thread = Thread.ofVirtual().name("run-events").start(this::loop);
  }

  /** There is something new in a run's log. */
  void told(ActiveRun run) {
    synchronized (waiting) {
      if (waiting.add(run)) {
        told.add(run);
      }
    }
  }

  private void loop() {
    try {
      while (true) {
        List<ActiveRun> some = new ArrayList<>();
        some.add(told.take());
        Thread.sleep(GATHER);
        told.drainTo(some);
        synchronized (waiting) {
          some.forEach(waiting::remove);
        }
        some.stream().collect(Collectors.groupingBy(ActiveRun::owner)).forEach(this::write);
      }
    } catch (InterruptedException _) {
      // Closed; the end of each run writes what is missing.
    }
  }

  private void write(Owner owner, List<ActiveRun> runs) {
    Map<ActiveRun, List<Numbered>> fresh =
        runs.stream().collect(Collectors.toMap(run -> run, run -> run.log().since(run.written())));
    try {
      database
          .scope(owner)
          .update(tx ->
              fresh.forEach((run, events) -> RunEventRows.insert(tx, run.run().id(), events)));
      fresh.forEach((run, events) -> {
        if (!events.isEmpty()) {
          run.written(events.getLast().sequence());
        }
      });
    } catch (RuntimeException e) {
      log.warn("Events of background runs could not be written yet: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
