package dev.mneme.search;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes, now and then, vectors whose texts are gone or whose model is no longer in use. */
final class VectorSweep implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(VectorSweep.class);
  private static final Duration FIRST = Duration.ofMinutes(2);
  private static final Duration EVERY = Duration.ofHours(24);

  private final List<VectorRows> vectors;
  private final BooleanSupplier settled;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("vector-sweep").daemon().factory());

  VectorSweep(List<VectorRows> vectors, BooleanSupplier settled) {
    this.vectors = List.copyOf(vectors);
    this.settled = settled;
  }

  void start() {
    if (!vectors.isEmpty()) {
      ScheduledFuture<?> _ =
          timer.scheduleWithFixedDelay(
              this::sweep, FIRST.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void sweep() {
    try {
      // Vectors of the former model stay until the present one has made its own.
      boolean alsoOthers = settled.getAsBoolean();
      int deleted = vectors.stream().mapToInt(rows -> rows.sweep(alsoOthers)).sum();
      if (deleted > 0) {
        log.info("Deleted {} vectors of texts or models that are gone", deleted);
      }
    } catch (RuntimeException e) {
      log.warn("Vectors could not be swept; trying again tomorrow: {}", e.toString());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
