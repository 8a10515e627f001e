package dev.mneme.sandbox;

import dev.mneme.tool.ToolOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The workers of a lane and what the lane knows of each: here, any worker serves anyone. Not
 * thread-safe: the lane has a lock.
 */
class Slots {
  private static final long SPARE_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  final PoolSettings settings;
  final int ready;
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
    final String image;
    final long born;

    /** When it became ready for the first time. */
    long readySince;

    /** When it was started, handed out or given back. */
    long since;

    boolean everReady;
    boolean ready;
    boolean busy;
    boolean nearlySpent;
    int calls;

    /** Whom it serves; nobody yet, or all, when empty. */
    Optional<String> domain = Optional.empty();

    Slot(Worker worker, String image, long since) {
      this.worker = worker;
      this.image = image;
      this.born = since;
      this.since = since;
      this.readySince = since;
    }

    boolean isIdle() {
      return ready && !busy;
    }

    boolean serves(Demand demand) {
      return image.equals(demand.image())
          && (domain.isEmpty() || domain.get().equals(demand.domain()));
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

  int size() {
    return all.size();
  }

  /** Whether no worker there is will ever serve this. */
  boolean noneFor(Demand demand) {
    return all.stream().noneMatch(slot -> slot.serves(demand));
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

  /** Those that can be given such a call, the oldest first. */
  final List<Slot> free(Demand demand) {
    return all.stream().filter(slot -> slot.isIdle() && slot.serves(demand)).toList();
  }

  /** One that is nearly spent, so that its end comes; else the newest, so that old ones age. */
  Optional<Slot> idle(Demand demand) {
    List<Slot> free = free(demand);
    Optional<Slot> nearlySpent = free.stream().filter(slot -> slot.nearlySpent).findFirst();
    return nearlySpent.or(() -> free.stream().reduce((older, newer) -> newer));
  }

  /** A worker is handed out to a domain. */
  void assign(Slot slot, String domain) {
    slot.calls++;
  }

  /** Whether a worker has to go after what it did last, though it would go on. */
  boolean isSpent(Slot slot, ToolOutcome last, long now) {
    return false;
  }

  /** Whether one who waits needs a worker that is not there yet. */
  boolean isNeedy(Demand demand, long waitingSince, long now) {
    return true;
  }

  /** An idle worker that has to make room for one of this image. */
  Optional<Slot> victim(int needy, String image, long now) {
    return Optional.empty();
  }

  /** The first one is ready; till then it shall not have to share the processors with a second. */
  void prove() {
    proven = true;
  }

  /** Whether one more has to be started now, for the warm ones or for those who wait. */
  boolean needsOne(int needy, String image) {
    int lasting = count(slot -> !slot.nearlySpent);
    int coming = count(slot -> !slot.busy);
    return lasting < (proven ? ready : Math.min(ready, 1))
        || (needy > coming && lasting < settings.max());
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
