package dev.mneme.sandbox;

import dev.mneme.sandbox.Slots.Slot;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The callers of a lane that wait, and what they lack. Guarded by the lane's lock. */
final class Waiting {
  /** From then on, one who waits comes before those whose own worker is free again. */
  private static final long STARVED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final FairQueue<Turn> turns;
  private final Slots slots;

  Waiting(PoolSettings settings, Slots slots) {
    this.turns = new FairQueue<>(settings.queue(), settings.queuePerOwner());
    this.slots = slots;
  }

  int size() {
    return turns.size();
  }

  /** False when the queue is full. */
  boolean enter(String owner, Turn turn) {
    return turns.offer(owner, turn);
  }

  /** False when the caller does not wait any more. */
  boolean leave(String owner, Turn turn) {
    return turns.remove(owner, turn);
  }

  /** Whose turn it is to have this worker, who then waits no more. */
  Optional<Turn> next(Slot slot) {
    return turns.poll(turn -> slot.serves(turn.demand()));
  }

  /** Ends the waiting of these callers with this message. */
  void fail(String why, Predicate<Turn> which) {
    for (Optional<Turn> turn = turns.poll(which); turn.isPresent(); turn = turns.poll(which)) {
      turn.get().slot().completeExceptionally(new LaneTexts.UnavailableException(why));
    }
  }

  /** The usual image, and those that somebody waits for. */
  Set<String> images() {
    Set<String> images = new LinkedHashSet<>(Set.of(Demand.USUAL));
    turns.forEach(turn -> images.add(turn.demand().image()));
    return images;
  }

  /** How many need one more worker of an image. */
  int needy(String image, long now) {
    return turns.count(turn ->
        turn.demand().image().equals(image) && slots.isNeedy(turn.demand(), turn.since(), now));
  }

  /** Whether somebody whom this worker cannot serve waits for long, and could have its place. */
  boolean othersStarve(Slot slot, long now) {
    return images().stream()
        .anyMatch(image -> {
          int starved =
              turns.count(turn ->
                  turn.demand().image().equals(image)
                      && !slot.serves(turn.demand())
                      && now - turn.since() > STARVED_NANOS);
          return starved > 0 && slots.victim(starved, image, now).isPresent();
        });
  }
}
