package dev.mneme.sandbox;

import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A worker that keeps what scripts leave, for one session. Whoever uses it holds {@link #turn};
 * ending it is for anyone.
 */
final class Session implements Worker.Events {
  final ReentrantLock turn = new ReentrantLock(true);
  final String key;
  final String owner;
  private final CompletableFuture<String> started = new CompletableFuture<>();
  private @Nullable Worker worker;
  private volatile Optional<String> over = Optional.empty();
  private volatile long usedAt;
  private long calls;
  private String image = "";
  private List<String> packages = List.of();

  Session(String key, String owner, long now) {
    this.key = key;
    this.owner = owner;
    this.usedAt = now;
  }

  /** Why nothing of it is left, once that is so. */
  Optional<String> over() {
    return over;
  }

  synchronized boolean isDead() {
    return worker != null && worker.isDead();
  }

  long usedAt() {
    return usedAt;
  }

  long calls() {
    return calls;
  }

  /** Ends it; the first reason counts. */
  synchronized void end(String why) {
    if (over.isEmpty()) {
      over = Optional.of(why);
    }
    if (worker != null) {
      worker.kill();
    }
  }

  /** Starts its worker, for the first call; the failure where that was not possible. */
  Optional<ToolOutcome> start(Worker made, Duration limit) {
    synchronized (this) {
      if (over.isPresent()) {
        return failed(Reason.UNAVAILABLE, "The session ended while it started: " + over.get());
      }
      worker = made;
    }
    made.start();
    try {
      String failure = started.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return failure.isEmpty()
          ? Optional.empty()
          : failed(Reason.UNAVAILABLE, "A worker for the session could not be started: " + failure);
    } catch (TimeoutException e) {
      return failed(
          Reason.UNAVAILABLE,
          "A worker for the session was not ready within " + CallWatch.text(limit) + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(Reason.CANCELLED, "The call was cancelled while it waited.");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a start ends with a value, never an exception", e);
    }
  }

  /**
   * An interpreter keeps the packages it was begun with: who needs others is told, and told what to
   * do. Whoever names none takes those that are there.
   */
  Optional<ToolOutcome> otherPackages(Work work, String name) {
    boolean fits = calls == 0 || work.image().isEmpty() || work.image().equals(image);
    return fits
        ? Optional.empty()
        : failed(
            Reason.ERROR,
            "The session "
                + name
                + " was begun with "
                + (packages.isEmpty()
                    ? "no packages"
                    : "the packages " + String.join(", ", packages))
                + ", and this script names "
                + String.join(", ", packages(work))
                + ". Start it anew with reset, use a session of another name, or name no packages"
                + " to go on with those.");
  }

  private static List<String> packages(Work work) {
    return work.call().grants().packages();
  }

  /** One call; afterwards it was used just now. */
  Worker.Called call(Work work, LongSupplier nanoTime) {
    if (calls == 0) {
      image = work.image();
      packages = packages(work);
    }
    Worker known;
    synchronized (this) {
      known = worker;
    }
    if (known == null) {
      throw new IllegalStateException("a session is started before it is called");
    }
    calls++;
    Worker.Called called = known.call(work);
    usedAt = nanoTime.getAsLong();
    return called;
  }

  @Override
  public void ready(Worker ready, int left) {
    started.complete("");
  }

  @Override
  public void ended(Worker dead, String why) {
    started.complete(why.isEmpty() ? "it ended" : why);
    // During a call its caller knows better why.
    if (!turn.isLocked()) {
      end("its worker ended: " + why);
    }
  }

  private static Optional<ToolOutcome> failed(Reason reason, String message) {
    return Optional.of(Outcomes.notStarted(reason, message));
  }
}
