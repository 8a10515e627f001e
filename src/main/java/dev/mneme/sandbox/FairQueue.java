package dev.mneme.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bounded queue that serves owners in turn, so that one who asks for much does not keep others
 * waiting. Not thread-safe.
 */
final class FairQueue<T> {
  private final int bound;
  private final int boundPerOwner;
  private final Map<String, Deque<T>> byOwner = new LinkedHashMap<>();
  private int size;

  FairQueue(int bound, int boundPerOwner) {
    this.bound = bound;
    this.boundPerOwner = boundPerOwner;
  }

  boolean offer(String owner, T item) {
    int own = byOwner.containsKey(owner) ? byOwner.get(owner).size() : 0;
    if (size >= bound || own >= boundPerOwner) {
      return false;
    }
    byOwner.computeIfAbsent(owner, key -> new ArrayDeque<>()).add(item);
    size++;
    return true;
  }

  /** The longest waiting item of the owner whose turn it is; the owner then goes to the back. */
  Optional<T> poll() {
    if (byOwner.isEmpty()) {
      return Optional.empty();
    }
    Map.Entry<String, Deque<T>> turn = byOwner.entrySet().iterator().next();
    Deque<T> items = turn.getValue();
    T item = items.remove();
    byOwner.remove(turn.getKey());
    if (!items.isEmpty()) {
      byOwner.put(turn.getKey(), items);
    }
    size--;
    return Optional.of(item);
  }

  boolean remove(String owner, T item) {
    Deque<T> items = byOwner.get(owner);
    if (items == null || !items.remove(item)) {
      return false;
    }
    if (items.isEmpty()) {
      byOwner.remove(owner);
    }
    size--;
    return true;
  }

  List<T> drain() {
    List<T> all = new ArrayList<>();
    byOwner.values().forEach(all::addAll);
    byOwner.clear();
    size = 0;
    return all;
  }

  int size() {
    return size;
  }
}
