package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A request that was sent. The time in which the server waits for a person's answer does not count
 * against it, and what is asked in it ends with it. Thread-safe.
 */
final class Pending {
  private final long id;
  private final CallListener listener;
  private final Duration timeout;
  private final long from = System.nanoTime();
  private final CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
  private final Set<Thread> answering = new HashSet<>();
  private boolean over;
  private long askedSince;
  private long asked;

  Pending(long id, Duration timeout, CallListener listener) {
    this.id = id;
    this.timeout = timeout;
    this.listener = listener;
  }

  long id() {
    return id;
  }

  CallListener listener() {
    return listener;
  }

  /** What it resulted in, if that is known by now. */
  Optional<ObjectNode> result() {
    boolean answered = answer.isDone() && !answer.isCompletedExceptionally();
    return answered && answer.join().path("result") instanceof ObjectNode result
        ? Optional.of(result)
        : Optional.empty();
  }

  /** Waits until something is known, at most so long. */
  void waitFor(Duration longest) throws CallFailed {
    try {
      within(longest);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CallFailed(Reason.CANCELLED, "The call was cancelled.");
    } catch (CallFailed _) {
      // What became of it is asked for later.
    }
  }

  void answered(ObjectNode message) {
    answer.complete(message);
    over();
  }

  void failed(CallFailed failure) {
    answer.completeExceptionally(failure);
    over();
  }

  /** Nobody waits for it any more: who answers a question of it is interrupted. */
  synchronized void over() {
    over = true;
    answering.forEach(Thread::interrupt);
  }

  /**
   * A question is asked in it.
   *
   * @param thread that answers it
   * @return whether it may: the request is not over
   */
  synchronized boolean asks(Thread thread) {
    if (over) {
      return false;
    }
    if (answering.isEmpty()) {
      askedSince = System.nanoTime();
    }
    return answering.add(thread);
  }

  synchronized void asked(Thread thread) {
    if (answering.remove(thread) && answering.isEmpty()) {
      asked += System.nanoTime() - askedSince;
    }
  }

  /** How much of its time is left. */
  Duration left() {
    return timeout.minusNanos(System.nanoTime() - from - inQuestions());
  }

  /** The message that answers it. */
  ObjectNode await() throws CallFailed, InterruptedException {
    while (true) {
      Duration left = left();
      if (!left.isPositive() && !answer.isDone()) {
        throw late();
      }
      Optional<ObjectNode> answered = within(left);
      if (answered.isPresent()) {
        return answered.get();
      }
      // A question may have been asked meanwhile: then there is time left.
    }
  }

  private Optional<ObjectNode> within(Duration time) throws CallFailed, InterruptedException {
    try {
      return Optional.of(answer.get(Math.max(time.toNanos(), 1), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CallFailed failed
          ? failed
          : new CallFailed(Reason.BROKEN, String.valueOf(e.getCause()));
    }
  }

  private CallFailed late() {
    return new CallFailed(Reason.TIMEOUT, "no answer within " + timeout.toMillis() + " ms");
  }

  private synchronized long inQuestions() {
    return asked + (answering.isEmpty() ? 0 : System.nanoTime() - askedSince);
  }
}
