package dev.mneme.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The workers of a lane and what the lane knows of each. Not thread-safe: the lane has a lock. */
final class Slots {
  private static final long SPARE_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final PoolSettings settings;
  private final int ready;
  private boolean proven;
  private final List<Slot> all = new ArrayList<>();

  /**
   * @param ready how many to keep ready
   */
  Slots(PoolSettings settings, int ready) {
    this.settings = settings;
    this.ready = ready;
  }

  /** A worker, and whether it can be given a call. */
  static final class Slot {
    final Worker worker;

    /** When it was started, handed out or given back. */
    long since;

    boolean everReady;
    boolean ready;
    boolean busy;
    boolean nearlySpent;

    Slot(Worker worker, long since) {
      this.worker = worker;
      this.since = since;
    }

    boolean isIdle() {
      return ready && !busy;
    }
  }

  void add(Slot slot) {
    all.add(slot);
  }

  boolean remove(Slot slot) {
    return all.remove(slot);
  }

  boolean contains(Slot slot) {
    return all.contains(slot);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  List<Slot> copy() {
    return List.copyOf(all);
  }

  List<Worker> workers() {
    return all.stream().map(slot -> slot.worker).toList();
  }

  void clear() {
    all.clear();
  }

  int count(Predicate<Slot> filter) {
    return (int) all.stream().filter(filter).count();
  }

  Optional<Slot> find(Worker worker) {
    return all.stream().filter(slot -> slot.worker == worker).findFirst();
  }

  /** One that is nearly spent, so that its end comes; else the newest, so that old ones age. */
  Optional<Slot> idle() {
    List<Slot> free = all.stream().filter(Slot::isIdle).toList();
    Optional<Slot> nearlySpent = free.stream().filter(slot -> slot.nearlySpent).findFirst();
    return nearlySpent.or(() -> free.stream().reduce((older, newer) -> newer));
  }

  /** The first one is ready; till then it shall not have to share the processors with a second. */
  void prove() {
    proven = true;
  }

  /** Whether one more has to be started now, for the warm ones or for those who wait. */
  boolean needsOne(int waiting) {
    int lasting = count(slot -> !slot.nearlySpent);
    int coming = count(slot -> !slot.busy);
    return lasting < (proven ? ready : Math.min(ready, 1))
        || (waiting > coming && lasting < settings.max());
  }

  /** Whether all have been busy for so long that the next caller should not have to wait. */
  boolean needsSpare(long now) {
    return !all.isEmpty()
        && all.size() < settings.max()
        && all.stream().allMatch(slot -> slot.busy && now - slot.since > SPARE_AFTER_NANOS);
  }

  boolean isSurplus(Slot slot, long now) {
    return slot.isIdle()
        && now - slot.since > settings.idleAfter().toNanos()
        && count(other -> other != slot && !other.nearlySpent) >= ready;
  }

  boolean isOverdue(Slot slot, long now) {
    return !slot.everReady && now - slot.since > settings.startLimit().toNanos();
  }
}
