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
  private final CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
  private final Set<Thread> answering = new HashSet<>();
  private boolean over;
  private long askedSince;
  private long asked;

  Pending(long id, CallListener listener) {
    this.id = id;
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
      await(longest);
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

  /** The message that answers it. */
  ObjectNode await(Duration timeout) throws CallFailed, InterruptedException {
    long from = System.nanoTime();
    while (true) {
      long left = timeout.toNanos() - (System.nanoTime() - from - inQuestions());
      try {
        if (left <= 0 && !answer.isDone()) {
          throw new CallFailed(Reason.TIMEOUT, "no answer within " + timeout.toMillis() + " ms");
        }
        return answer.get(Math.max(left, 1), TimeUnit.NANOSECONDS);
      } catch (TimeoutException _) {
        // A question may have been asked meanwhile: then there is time left.
      } catch (ExecutionException e) {
        throw e.getCause() instanceof CallFailed failed
            ? failed
            : new CallFailed(Reason.BROKEN, String.valueOf(e.getCause()));
      }
    }
  }

  private synchronized long inQuestions() {
    return asked + (answering.isEmpty() ? 0 : System.nanoTime() - askedSince);
  }
}
