package dev.mneme.engine;

import dev.mneme.message.Conversation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which conversation waits for which; refuses a wait that would close a circle. Thread-safe. */
final class WaitGraph {
  private final Map<Conversation, List<Conversation>> waits = new HashMap<>();

  /** Ends the wait. */
  interface Wait extends AutoCloseable {
    @Override
    void close();
  }

  synchronized Wait enter(Conversation from, Conversation to) {
    if (reaches(to, from, new HashSet<>())) {
      throw Couriers.circle();
    }
    waits.computeIfAbsent(from, _ -> new ArrayList<>()).add(to);
    return () -> leave(from, to);
  }

  private synchronized void leave(Conversation from, Conversation to) {
    waits.computeIfPresent(
        from,
        (_, all) -> {
          all.remove(to);
          return all.isEmpty() ? null : all;
        });
  }

  private boolean reaches(Conversation at, Conversation goal, Set<Conversation> seen) {
    if (at.equals(goal)) {
      return true;
    }
    if (!seen.add(at)) {
      return false;
    }
    return waits.getOrDefault(at, List.of()).stream().anyMatch(next -> reaches(next, goal, seen));
  }
}
