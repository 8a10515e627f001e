package dev.mneme.sandbox;

import dev.mneme.sandbox.Slots.Slot;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Reason;
import dev.mneme.tool.Trust;
import java.time.Duration;
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
  private final Waiting waiting;
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
    this.slots =
        settings
            .sticky()
            .<Slots>map(sticky -> new StickySlots(settings, settings.ready(trust), sticky))
            .orElseGet(() -> new Slots(settings, settings.ready(trust)));
    this.waiting = new Waiting(settings, slots);
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
        toStart.add(add(Demand.USUAL));
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
      waiting.fail("The server is stopping.", turn -> true);
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
          slot.readySince = nanoTime.getAsLong();
          startNanos = slot.readySince - slot.born;
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
    long entered = nanoTime.getAsLong();
    Turn turn = Turn.of(work.demand(), entered);
    Optional<ToolOutcome> refusal = underLock(() -> enter(owner, turn));
    if (refusal.isPresent()) {
      return Worker.Called.not(refusal.get());
    }
    try {
      return runOn(
          turn.slot().get(settings.queueWait().toNanos(), TimeUnit.NANOSECONDS), work, entered);
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

  private Worker.Called runOn(Slot slot, Work work, long entered) {
    place(slot, work, entered);
    Worker.Called called = slot.worker.call(work);
    if (underLock(() -> isOver(slot, called))) {
      slot.worker.kill();
    }
    return called;
  }

  /** Tells who waited how long, and for what. */
  private void place(Slot slot, Work work, long entered) {
    long waited = Math.max(0, nanoTime.getAsLong() - entered);
    long starting = Math.clamp(slot.readySince - Math.max(entered, slot.born), 0, waited);
    work.listener()
        .placed(
            factory.name(),
            slot.worker.name(),
            Duration.ofNanos(waited - starting),
            Duration.ofNanos(starting));
  }

  /** Gives up waiting; if a worker was handed over at that very moment it is given back. */
  private void leave(String owner, Turn turn) {
    underLock(() -> {
      CompletableFuture<Slot> given = turn.slot();
      if (!waiting.leave(owner, turn) && given.isDone() && !given.isCompletedExceptionally()) {
        Slot slot = given.join();
        slot.busy = false;
        slot.ready = true;
        offer(slot);
      }
      return true;
    });
  }

  // --- under the lock ---------------------------------------------------------------------------

  /** Hands over a worker at once, or queues; an outcome when neither is possible. */
  private Optional<ToolOutcome> enter(String owner, Turn turn) {
    if (closed) {
      return Optional.of(Outcomes.notStarted(Reason.UNAVAILABLE, "The server is stopping."));
    }
    if (slots.noneFor(turn.demand()) && backoff.isWaiting()) {
      return Optional.of(Outcomes.notStarted(Reason.UNAVAILABLE, LaneTexts.hopeless(backoff)));
    }
    Optional<Slot> free = slots.idle(turn.demand());
    if (free.isPresent()) {
      give(free.get(), turn);
      return Optional.empty();
    }
    return waiting.enter(owner, turn)
        ? Optional.empty()
        : Optional.of(LaneTexts.queueFull(settings));
  }

  /** After a call: whether the worker has to be ended. */
  private boolean isOver(Slot slot, Worker.Called called) {
    calls++;
    slot.busy = false;
    slot.since = nanoTime.getAsLong();
    if (slot.worker.isDead()) {
      stopped += slots.remove(slot) ? 1 : 0;
      return false;
    }
    if (called.next() == WorkerMessage.Next.RETIRE
        || slots.isSpent(slot, called.outcome(), slot.since)) {
      slots.remove(slot);
      return true;
    }
    slot.ready |= called.next() == WorkerMessage.Next.READY;
    offer(slot);
    return false;
  }

  /** A worker left idle while somebody else starves is ended by the balance that follows. */
  private void offer(Slot slot) {
    if (slot.isIdle()
        && slots.contains(slot)
        && !waiting.othersStarve(slot, nanoTime.getAsLong())) {
      waiting.next(slot).ifPresent(turn -> give(slot, turn));
    }
  }

  private void give(Slot slot, Turn turn) {
    slots.assign(slot, turn.demand().domain());
    slot.busy = true;
    slot.ready = false;
    slot.since = nanoTime.getAsLong();
    turn.slot().complete(slot);
  }

  private Worker add(String image) {
    String name = factory.name() + '-' + trust.name().toLowerCase(Locale.ROOT) + '-' + ++started;
    Worker worker = new Worker(name, factory, trust, image, settings, hostCalls, this);
    slots.add(new Slot(worker, image, nanoTime.getAsLong()));
    return worker;
  }

  /** Starts what is missing, after making room for it where there may be no more workers. */
  private void balance(List<Worker> missing, List<Worker> evicted) {
    waiting.images().forEach(image -> balance(image, missing, evicted));
    if (backoff.isWaiting()) {
      waiting.fail(LaneTexts.hopeless(backoff), turn -> slots.noneFor(turn.demand()));
    }
  }

  private void balance(String image, List<Worker> missing, List<Worker> evicted) {
    while (!closed && !backoff.isWaiting()) {
      long now = nanoTime.getAsLong();
      int needy = waiting.needy(image, now);
      if (slots.needsOne(needy, image)) {
        missing.add(add(image));
        continue;
      }
      Optional<Slot> victim = slots.victim(needy, image, now);
      if (victim.isEmpty()) {
        return;
      }
      slots.remove(victim.get());
      evicted.add(victim.get().worker);
    }
  }

  /** Changes something, then starts whatever is missing after the change. */
  private <T> T underLock(Supplier<T> change) {
    List<Worker> missing = new ArrayList<>();
    List<Worker> evicted = new ArrayList<>();
    T result;
    lock.lock();
    try {
      result = change.get();
      balance(missing, evicted);
    } finally {
      lock.unlock();
    }
    evicted.forEach(Worker::kill);
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
