package dev.mneme.sandbox;

import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the end of one call and enforces its limits. For the caller's thread.
 *
 * <p>A call that ends within a tenth of a second costs no look at the worker's process. The
 * processor time counts from the first look.
 */
final class CallWatch {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final PendingCall call;
  private final WorkerConnection worker;
  private final PoolSettings settings;
  private final long began = System.nanoTime();
  private @Nullable Duration cpuBefore;
  private boolean workerMustDie;
  private WorkerMessage.Next next = WorkerMessage.Next.RETIRE;

  CallWatch(PendingCall call, WorkerConnection worker, PoolSettings settings) {
    this.call = call;
    this.worker = worker;
    this.settings = settings;
  }

  ToolOutcome await() {
    ToolLimits limits = call.work().limits();
    long wall = limits.wall().toNanos();
    try {
      while (true) {
        long left = wall - (System.nanoTime() - began - call.waited());
        if (left <= 0) {
          return stop(
              Reason.TIMEOUT,
              "The call took longer than the time limit of " + text(limits.wall()) + ".");
        }
        Optional<PendingCall.End> end = endWithin(Math.min(left, LOOK_NANOS));
        if (end.isPresent()) {
          return ended(end.get());
        }
        Optional<ToolOutcome> exceeded = worker.usage().flatMap(usage -> check(usage, limits));
        if (exceeded.isPresent()) {
          return exceeded.get();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return stop(Reason.CANCELLED, "The call was cancelled.");
    }
  }

  boolean workerMustDie() {
    return workerMustDie;
  }

  WorkerMessage.Next next() {
    return next;
  }

  private Optional<PendingCall.End> endWithin(long nanos) throws InterruptedException {
    try {
      return Optional.of(call.end().get(nanos, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a call is a value, never an exception", e);
    }
  }

  private ToolOutcome ended(PendingCall.End end) {
    if (end instanceof PendingCall.End.Finished(WorkerMessage.Result result)) {
      next = result.next();
    } else {
      workerMustDie = true;
    }
    return Outcomes.of(call, end, settings.memory());
  }

  private Optional<ToolOutcome> check(WorkerConnection.Usage usage, ToolLimits limits) {
    if (usage.memory() > settings.resident()) {
      workerMustDie = true;
      return Optional.of(Outcomes.memory(call, settings.memory()));
    }
    Duration before = cpuBefore;
    if (before == null) {
      cpuBefore = usage.cpu();
      return Optional.empty();
    }
    if (usage.cpu().minus(before).compareTo(limits.cpu()) > 0) {
      workerMustDie = true;
      return Optional.of(Outcomes.processorTime(call));
    }
    return Optional.empty();
  }

  private ToolOutcome stop(Reason reason, String message) {
    workerMustDie = true;
    return Outcomes.failed(call, reason, message);
  }

  static String text(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    return seconds == Math.rint(seconds) ? (long) seconds + " s" : seconds + " s";
  }
}
