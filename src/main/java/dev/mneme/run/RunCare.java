package dev.mneme.run;

import dev.mneme.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done from time to time while there are runs: leases are renewed, and events that
 * were kept for long enough are forgotten. Its thread ends when there is nothing to care for, so
 * that an idle server stays idle. Thread-safe.
 */
final class RunCare implements AutoCloseable {
  /** For how long a conversation is taken unless that is renewed. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(RunCare.class);
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration SWEEP = Duration.ofMinutes(10);

  private final Database database;
  private final String node;
  private final Clock clock;
  private final RunSettings settings;
  private final KnownRuns known;
  private int running;
  private Instant swept = Instant.EPOCH;
  private @Nullable Thread thread;

  RunCare(Database database, String node, Clock clock, RunSettings settings, KnownRuns known) {
    this.database = database;
    this.node = node;
    this.clock = clock;
    this.settings = settings;
    this.known = known;
  }

  synchronized void begin() {
    running++;
    if (thread == null) {
      thread = Thread.ofVirtual().name("run-care").start(this::loop);
    }
  }

  synchronized void end() {
    running--;
  }

  private void loop() {
    try {
      do {
        Thread.sleep(BEAT);
        care();
      } while (!idle());
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private void care() {
    try {
      Instant now = clock.instant();
      if (isRunning()) {
        database.maintainWrite(handle -> {
          LeaseRows.renew(handle, node, now.plus(LEASE));
          return Boolean.TRUE;
        });
      }
      if (now.isAfter(swept.plus(SWEEP))) {
        swept = now;
        database.maintainWrite(handle -> {
          RunEventRows.forget(handle, now.minus(settings.keepStored()));
          return Boolean.TRUE;
        });
      }
    } catch (RuntimeException e) {
      log.warn("Runs could not be cared for: {}", e.getMessage());
    }
  }

  private synchronized boolean isRunning() {
    return running > 0;
  }

  private synchronized boolean idle() {
    boolean idle = known.forget() && running == 0;
    if (idle) {
      thread = null;
    }
    return idle;
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
