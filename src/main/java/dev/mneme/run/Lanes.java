package dev.mneme.run;

import dev.mneme.common.Owner;
import dev.mneme.message.Conversation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who waits for which conversation, first come, first served. The first of a lane has the
 * conversation as far as this process goes; the lease in the database decides between processes.
 * Thread-safe.
 */
final class Lanes {
  private static final int MAX_RUNS = 10_000;

  private record Key(Owner owner, Conversation conversation) {}

  private final int capacity;
  private final Consumer<ActiveRun> launch;
  private final Map<Key, Deque<ActiveRun>> lanes = new HashMap<>();
  private int runs;

  /**
   * @param waiting how many may wait for one conversation
   * @param launch starts a run whose turn has come; must not wait
   */
  Lanes(int waiting, Consumer<ActiveRun> launch) {
    this.capacity = waiting + 1;
    this.launch = launch;
  }

  /** Takes a place; whether it is the first. */
  synchronized boolean enter(ActiveRun run) {
    if (runs >= MAX_RUNS) {
      throw RunErrors.tooMany(MAX_RUNS);
    }
    Deque<ActiveRun> lane = lanes.computeIfAbsent(key(run), _ -> new ArrayDeque<>());
    // One whose end was told a moment ago is about to leave; its client may know that already.
    long here = lane.stream().filter(other -> !other.run().status().ended()).count();
    if (here >= capacity) {
      Run active = lane.getFirst().run();
      throw capacity == 1 ? RunErrors.busy(active) : RunErrors.queueFull(active, lane.size() - 1);
    }
    lane.addLast(run);
    runs++;
    return lane.size() == 1;
  }

  /** The run's row is durable: it starts as soon as it is the first. */
  synchronized void accepted(ActiveRun run) {
    run.accept();
    Deque<ActiveRun> lane = lanes.get(key(run));
    if (lane != null && run.equals(lane.peekFirst())) {
      launch.accept(run);
    }
  }

  /** Gives the place up; whoever is first then starts. */
  synchronized void leave(ActiveRun run) {
    Deque<ActiveRun> lane = lanes.get(key(run));
    if (lane == null) {
      return;
    }
    boolean wasFirst = run.equals(lane.peekFirst());
    if (!lane.remove(run)) {
      return;
    }
    runs--;
    if (lane.isEmpty()) {
      lanes.remove(key(run));
    } else if (wasFirst && lane.getFirst().accepted()) {
      launch.accept(lane.getFirst());
    }
  }

  synchronized Optional<ActiveRun> first(Owner owner, Conversation conversation) {
    Deque<ActiveRun> lane = lanes.get(new Key(owner, conversation));
    return lane == null ? Optional.empty() : Optional.of(lane.getFirst());
  }

  private static Key key(ActiveRun run) {
    return new Key(run.owner(), run.conversation());
  }
}
