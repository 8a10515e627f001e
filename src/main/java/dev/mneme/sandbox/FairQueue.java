package dev.mneme.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
    return poll(any -> true);
  }

  /** As {@link #poll()}, among the items that fit; an owner who has none is passed over. */
  Optional<T> poll(Predicate<T> fits) {
    for (String owner : List.copyOf(byOwner.keySet())) {
      Optional<T> item = take(owner, fits);
      if (item.isPresent()) {
        Deque<T> rest = byOwner.remove(owner);
        if (rest != null && !rest.isEmpty()) {
          byOwner.put(owner, rest);
        }
        size--;
        return item;
      }
    }
    return Optional.empty();
  }

  void forEach(Consumer<T> action) {
    byOwner.values().forEach(items -> items.forEach(action));
  }

  int count(Predicate<T> filter) {
    return (int) byOwner.values().stream().flatMap(Deque::stream).filter(filter).count();
  }

  private Optional<T> take(String owner, Predicate<T> fits) {
    Iterator<T> items = byOwner.getOrDefault(owner, new ArrayDeque<>()).iterator();
    while (items.hasNext()) {
      T item = items.next();
      if (fits.test(item)) {
        items.remove();
        return Optional.of(item);
      }
    }
    return Optional.empty();
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

  int size() {
    return size;
  }
}
