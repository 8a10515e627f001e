package dev.mneme.sandbox;

import dev.mneme.sandbox.Slots.Slot;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Reason;
import dev.mneme.tool.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The workers of one level of trust and the callers that wait for one. Thread-safe.
 *
 * <p>All state is guarded by one lock that is held for a few instructions only; processes are
 * started and ended outside it, on the workers' own threads.
 */
final class Lane implements Worker.Events {
  /** A worker may end between being handed out and being given the call; nothing has run then. */
  private static final int MAX_ATTEMPTS = 3;

  private static final int NEARLY_SPENT = 4;

  private final Trust trust;
  private final WorkerFactory factory;
  private final PoolSettings settings;
  private final HostCalls hostCalls;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Slots slots;
  private final FairQueue<CompletableFuture<Slot>> waiting;
  private final StartBackoff backoff;
  private boolean closed;
  private long started;
  private long calls;
  private long stopped;
  private long ended;
  private long startNanos;

  Lane(
      Trust trust,
      WorkerFactory factory,
      PoolSettings settings,
      HostCalls hostCalls,
      LongSupplier nanoTime) {
    this.trust = trust;
    this.factory = factory;
    this.settings = settings;
    this.hostCalls = hostCalls;
    this.nanoTime = nanoTime;
    this.slots = new Slots(settings, settings.ready(trust));
    this.waiting = new FairQueue<>(settings.queue(), settings.queuePerOwner());
    this.backoff = new StartBackoff(nanoTime);
  }

  ToolOutcome run(Work work) {
    for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
      Worker.Called called = tryOnce(work);
      if (called.begun()) {
        return called.outcome();
      }
    }
    return tryOnce(work).outcome();
  }

  /** Starts what is missing to keep the agreed number of workers warm. */
  void warm() {
    underLock(() -> true);
  }

  boolean hasBeenReady() {
    return readLocked(() -> slots.count(slot -> slot.everReady) > 0);
  }

  /** Whether no worker was ever started. */
  boolean isCold() {
    return readLocked(() -> started == 0);
  }

  /** What has to be done from time to time: replace, reap, start a spare. */
  void tick() {
    List<Worker> toKill = new ArrayList<>();
    List<Worker> toStart = new ArrayList<>();
    underLock(() -> {
      long now = nanoTime.getAsLong();
      for (Slot slot : slots.copy()) {
        boolean overdue = slots.isOverdue(slot, now);
        if (overdue) {
          backoff.failed("a worker did not become ready in time");
        }
        if (overdue || slots.isSurplus(slot, now)) {
          slots.remove(slot);
          toKill.add(slot.worker);
        }
      }
      if (!closed && !backoff.isWaiting() && slots.needsSpare(now)) {
        toStart.add(add());
      }
      return true;
    });
    toStart.forEach(Worker::start);
    toKill.forEach(Worker::kill);
  }

  void close() {
    List<Worker> workers = new ArrayList<>();
    underLock(() -> {
      closed = true;
      failWaiting("The server is stopping.");
      workers.addAll(slots.workers());
      slots.clear();
      return true;
    });
    workers.forEach(Worker::kill);
  }

  LaneStatus status() {
    long memory =
        readLocked(slots::workers).stream()
            .flatMap(worker -> worker.usage().stream())
            .mapToLong(WorkerConnection.Usage::memory)
            .sum();
    return readLocked(() ->
        new LaneStatus(
            trust,
            slots.count(Slot::isIdle),
            slots.count(slot -> slot.busy),
            slots.count(slot -> !slot.everReady),
            waiting.size(),
            calls,
            stopped,
            ended,
            TimeUnit.NANOSECONDS.toMillis(startNanos),
            memory,
            backoff.lastFailure()));
  }

  @Override
  public void ready(Worker worker, int left) {
    underLock(() -> {
      Optional<Slot> found = slots.find(worker);
      found.ifPresent(slot -> {
        if (!slot.everReady) {
          startNanos = nanoTime.getAsLong() - slot.since;
          backoff.succeeded();
        }
        slot.everReady = true;
        slots.prove();
        slot.ready = true;
        slot.nearlySpent = left > 0 && left < NEARLY_SPENT;
        offer(slot);
      });
      return true;
    });
  }

  @Override
  public void ended(Worker worker, String why) {
    underLock(() -> {
      slots
          .find(worker)
          .ifPresent(slot -> {
            slots.remove(slot);
            ended++;
            if (!slot.everReady) {
              backoff.failed(why);
            }
          });
      return true;
    });
  }

  private Worker.Called tryOnce(Work work) {
    String owner = work.owner().id();
    CompletableFuture<Slot> turn = new CompletableFuture<>();
    Optional<ToolOutcome> refusal = underLock(() -> enter(owner, turn));
    if (refusal.isPresent()) {
      return Worker.Called.not(refusal.get());
    }
    try {
      return runOn(turn.get(settings.queueWait().toNanos(), TimeUnit.NANOSECONDS), work);
    } catch (TimeoutException e) {
      leave(owner, turn);
      return Worker.Called.not(LaneTexts.waitedTooLong(settings));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      leave(owner, turn);
      return Worker.Called.not(
          Outcomes.notStarted(Reason.CANCELLED, "The call was cancelled while it waited."));
    } catch (ExecutionException e) {
      return Worker.Called.not(LaneTexts.unavailable(e));
    }
  }

  private Worker.Called runOn(Slot slot, Work work) {
    Worker.Called called = slot.worker.call(work);
    boolean retire = called.next() == WorkerMessage.Next.RETIRE;
    underLock(() -> {
      calls++;
      slot.busy = false;
      slot.since = nanoTime.getAsLong();
      if (slot.worker.isDead()) {
        stopped += slots.remove(slot) ? 1 : 0;
      } else if (retire) {
        slots.remove(slot);
      } else {
        slot.ready |= called.next() == WorkerMessage.Next.READY;
        offer(slot);
      }
      return true;
    });
    if (retire) {
      slot.worker.kill();
    }
    return called;
  }

  /** Gives up waiting; if a worker was handed over at that very moment it is given back. */
  private void leave(String owner, CompletableFuture<Slot> turn) {
    underLock(() -> {
      if (!waiting.remove(owner, turn) && turn.isDone() && !turn.isCompletedExceptionally()) {
        Slot slot = turn.join();
        slot.busy = false;
        slot.ready = true;
        offer(slot);
      }
      return true;
    });
  }

  // --- under the lock ---------------------------------------------------------------------------

  /** Hands over a worker at once, or queues; an outcome when neither is possible. */
  private Optional<ToolOutcome> enter(String owner, CompletableFuture<Slot> turn) {
    if (closed) {
      return Optional.of(Outcomes.notStarted(Reason.UNAVAILABLE, "The server is stopping."));
    }
    if (slots.isEmpty() && backoff.isWaiting()) {
      return Optional.of(Outcomes.notStarted(Reason.UNAVAILABLE, LaneTexts.hopeless(backoff)));
    }
    Optional<Slot> free = waiting.size() == 0 ? slots.idle() : Optional.empty();
    if (free.isPresent()) {
      give(free.get(), turn);
      return Optional.empty();
    }
    return waiting.offer(owner, turn)
        ? Optional.empty()
        : Optional.of(LaneTexts.queueFull(settings));
  }

  private void offer(Slot slot) {
    if (slot.isIdle() && slots.contains(slot)) {
      waiting.poll().ifPresent(turn -> give(slot, turn));
    }
  }

  private void give(Slot slot, CompletableFuture<Slot> turn) {
    slot.busy = true;
    slot.ready = false;
    slot.since = nanoTime.getAsLong();
    turn.complete(slot);
  }

  private Worker add() {
    String name = factory.name() + '-' + trust.name().toLowerCase(Locale.ROOT) + '-' + ++started;
    Worker worker = new Worker(name, factory, trust, settings, hostCalls, this);
    slots.add(new Slot(worker, nanoTime.getAsLong()));
    return worker;
  }

  private void failWaiting(String why) {
    waiting
        .drain()
        .forEach(turn -> turn.completeExceptionally(new LaneTexts.UnavailableException(why)));
  }

  /** Changes something, then starts whatever is missing after the change. */
  private <T> T underLock(Supplier<T> change) {
    List<Worker> missing = new ArrayList<>();
    T result;
    lock.lock();
    try {
      result = change.get();
      while (!closed && !backoff.isWaiting() && slots.needsOne(waiting.size())) {
        missing.add(add());
      }
      if (slots.isEmpty() && backoff.isWaiting()) {
        failWaiting(LaneTexts.hopeless(backoff));
      }
    } finally {
      lock.unlock();
    }
    missing.forEach(Worker::start);
    return result;
  }

  private <T> T readLocked(Supplier<T> look) {
    lock.lock();
    try {
      return look.get();
    } finally {
      lock.unlock();
    }
  }
}
