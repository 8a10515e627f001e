package dev.mneme.sandbox;

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
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The workers of one level of trust and the callers that wait for one. Thread-safe.
 *
 * <p>All state is guarded by one lock that is held for a few instructions only; processes are
 * started and ended outside it, on the workers' own threads.
 */
final class Lane implements Worker.Events {
  private static final long SPARE_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int NEARLY_SPENT = 4;

  private final Trust trust;
  private final WorkerFactory factory;
  private final PoolSettings settings;
  private final HostCalls hostCalls;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Slot> slots = new ArrayList<>();
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
    this.waiting = new FairQueue<>(settings.queue(), settings.queuePerOwner());
    this.backoff = new StartBackoff(nanoTime);
  }

  ToolOutcome run(Work work) {
    String owner = work.owner().id();
    CompletableFuture<Slot> turn = new CompletableFuture<>();
    Optional<ToolOutcome> refusal = enter(owner, turn);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      Slot slot = turn.get(settings.queueWait().toNanos(), TimeUnit.NANOSECONDS);
      return runOn(slot, work);
    } catch (TimeoutException e) {
      return leave(
          owner,
          turn,
          Outcomes.notStarted(
              Reason.LIMIT,
              "No worker became free within the queue limit of "
                  + settings.queueWait().toSeconds()
                  + " s; try again later."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return leave(
          owner,
          turn,
          Outcomes.notStarted(Reason.CANCELLED, "The call was cancelled while it waited."));
    } catch (ExecutionException e) {
      return Outcomes.notStarted(
          Reason.UNAVAILABLE, String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    }
  }

  /** Starts what is missing to keep the agreed number of workers warm. */
  void warm() {
    startAll(underLock(this::missing));
  }

  boolean hasReadyWorker() {
    return underLock(() -> slots.stream().anyMatch(slot -> slot.everReady));
  }

  /** Whether no worker was ever started. */
  boolean isCold() {
    return underLock(() -> started == 0);
  }

  /** What has to be done from time to time: replace, reap, start a spare. */
  void tick() {
    List<Worker> spent = new ArrayList<>();
    startAll(
        underLock(() -> {
          long now = nanoTime.getAsLong();
          for (Slot slot : List.copyOf(slots)) {
            boolean tooLong = !slot.everReady && now - slot.since > settings.startLimit().toNanos();
            if (tooLong) {
              backoff.failed("a worker did not become ready in time");
            }
            if (tooLong || isSurplus(slot, now)) {
              slots.remove(slot);
              spent.add(slot.worker);
            }
          }
          List<Worker> missing = missing();
          return missing.isEmpty() && wantsSpare(now) ? List.of(add()) : missing;
        }));
    spent.forEach(Worker::kill);
    failAllIfHopeless();
  }

  void close() {
    List<Worker> all =
        underLock(() -> {
          closed = true;
          waiting
              .drain()
              .forEach(
                  turn -> turn.completeExceptionally(new Unavailable("The server is stopping.")));
          List<Worker> workers = slots.stream().map(slot -> slot.worker).toList();
          slots.clear();
          return workers;
        });
    all.forEach(Worker::kill);
  }

  LaneStatus status() {
    List<Worker> workers = underLock(() -> slots.stream().map(slot -> slot.worker).toList());
    long memory =
        workers.stream()
            .flatMap(worker -> worker.usage().stream())
            .mapToLong(WorkerConnection.Usage::memory)
            .sum();
    return underLock(() ->
        new LaneStatus(
            trust,
            count(slot -> slot.ready && !slot.busy),
            count(slot -> slot.busy),
            count(slot -> !slot.everReady),
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
    startAll(
        underLock(() -> {
          find(worker)
              .ifPresent(slot -> {
                if (!slot.everReady) {
                  startNanos = nanoTime.getAsLong() - slot.since;
                  backoff.succeeded();
                }
                slot.everReady = true;
                slot.ready = true;
                slot.nearlySpent = left > 0 && left < NEARLY_SPENT;
                offer(slot);
              });
          return missing();
        }));
  }

  @Override
  public void ended(Worker worker, String why) {
    startAll(
        underLock(() -> {
          Optional<Slot> slot = find(worker);
          if (slot.isPresent()) {
            slots.remove(slot.get());
            ended++;
            if (!slot.get().everReady) {
              backoff.failed(why);
            }
          }
          return missing();
        }));
    failAllIfHopeless();
  }

  private Optional<ToolOutcome> enter(String owner, CompletableFuture<Slot> turn) {
    return underLockThenStart(() -> {
      if (closed) {
        return Optional.of(Outcomes.notStarted(Reason.UNAVAILABLE, "The server is stopping."));
      }
      if (slots.isEmpty() && backoff.isWaiting()) {
        return Optional.of(Outcomes.notStarted(Reason.UNAVAILABLE, hopeless()));
      }
      Optional<Slot> free = idle();
      if (free.isPresent() && waiting.size() == 0) {
        give(free.get(), turn);
        return Optional.empty();
      }
      if (!waiting.offer(owner, turn)) {
        return Optional.of(
            Outcomes.notStarted(
                Reason.LIMIT,
                "Too many calls are waiting already (queue limit "
                    + settings.queue()
                    + ", "
                    + settings.queuePerOwner()
                    + " for one owner); try again later."));
      }
      return Optional.empty();
    });
  }

  /** Gives up waiting; if a worker was handed over at that very moment it is given back. */
  private ToolOutcome leave(String owner, CompletableFuture<Slot> turn, ToolOutcome outcome) {
    boolean removed = underLock(() -> waiting.remove(owner, turn));
    if (!removed && turn.isDone() && !turn.isCompletedExceptionally()) {
      underLock(() -> {
        Slot slot = turn.join();
        slot.busy = false;
        offer(slot);
        return slot;
      });
    }
    return outcome;
  }

  private ToolOutcome runOn(Slot slot, Work work) {
    Worker.Called called = slot.worker.call(work);
    underLockThenStart(() -> {
      calls++;
      slot.busy = false;
      slot.since = nanoTime.getAsLong();
      if (slot.worker.isDead()) {
        stopped += slots.remove(slot) ? 1 : 0;
      } else if (called.next() == WorkerMessage.Next.RETIRE) {
        slots.remove(slot);
      } else {
        slot.ready |= called.next() == WorkerMessage.Next.READY;
        offer(slot);
      }
      return slot;
    });
    if (called.next() == WorkerMessage.Next.RETIRE) {
      slot.worker.kill();
    }
    return called.outcome();
  }

  // --- under the lock ---------------------------------------------------------------------------

  private void offer(Slot slot) {
    if (!slot.ready || slot.busy || !slots.contains(slot)) {
      return;
    }
    waiting.poll().ifPresent(turn -> give(slot, turn));
  }

  private void give(Slot slot, CompletableFuture<Slot> turn) {
    slot.busy = true;
    slot.ready = false;
    slot.since = nanoTime.getAsLong();
    turn.complete(slot);
  }

  private Optional<Slot> idle() {
    List<Slot> free = slots.stream().filter(slot -> slot.ready && !slot.busy).toList();
    Optional<Slot> nearlySpent = free.stream().filter(slot -> slot.nearlySpent).findFirst();
    return nearlySpent.or(() -> free.stream().reduce((older, newer) -> newer));
  }

  private Optional<Slot> find(Worker worker) {
    return slots.stream().filter(slot -> slot.worker == worker).findFirst();
  }

  private int count(Predicate<Slot> filter) {
    return (int) slots.stream().filter(filter).count();
  }

  /** Workers to start now, already entered in the list. */
  private List<Worker> missing() {
    List<Worker> missing = new ArrayList<>();
    while (!closed && !backoff.isWaiting()) {
      int lasting = count(slot -> !slot.nearlySpent);
      int starting = count(slot -> !slot.everReady);
      boolean tooFew = lasting < settings.warm();
      boolean awaited = waiting.size() > starting + count(slot -> !slot.busy && slot.everReady);
      if (!tooFew && !(awaited && lasting < settings.max())) {
        break;
      }
      missing.add(add());
    }
    return missing;
  }

  private boolean wantsSpare(long now) {
    boolean allBusyForLong =
        !slots.isEmpty()
            && slots.stream().allMatch(slot -> slot.busy && now - slot.since > SPARE_AFTER_NANOS);
    return !closed && !backoff.isWaiting() && allBusyForLong && slots.size() < settings.max();
  }

  private boolean isSurplus(Slot slot, long now) {
    return slot.ready
        && !slot.busy
        && now - slot.since > settings.idleAfter().toNanos()
        && count(other -> other != slot && !other.nearlySpent) >= settings.warm();
  }

  private Worker add() {
    String name = factory.name() + '-' + trust.name().toLowerCase(Locale.ROOT) + '-' + ++started;
    Worker worker = new Worker(name, factory, trust, settings.memory(), hostCalls, this);
    slots.add(new Slot(worker, nanoTime.getAsLong()));
    return worker;
  }

  private void failAllIfHopeless() {
    underLock(() -> {
      if (slots.isEmpty() && backoff.isWaiting()) {
        waiting.drain().forEach(turn -> turn.completeExceptionally(new Unavailable(hopeless())));
      }
      return 0;
    });
  }

  private String hopeless() {
    return "No worker can be started: "
        + backoff.lastFailure().orElse("unknown")
        + ". Next try in "
        + backoff.secondsLeft()
        + " s; `mneme doctor` shows more.";
  }

  private <T> T underLock(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private <T> T underLockThenStart(Supplier<T> action) {
    List<Worker> missing = new ArrayList<>();
    T result =
        underLock(() -> {
          T value = action.get();
          missing.addAll(missing());
          return value;
        });
    startAll(missing);
    return result;
  }

  private static void startAll(List<Worker> workers) {
    workers.forEach(Worker::start);
  }

  private static final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
      super(message, null, false, false);
    }
  }

  /** A worker and what the lane knows of it. */
  private static final class Slot {
    private final Worker worker;
    private long since;
    private boolean everReady;
    private boolean ready;
    private boolean busy;
    private boolean nearlySpent;

    Slot(Worker worker, long since) {
      this.worker = worker;
      this.since = since;
    }
  }
}
