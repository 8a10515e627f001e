package dev.mneme.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Keeps the passages most like a query, and scores them. Not thread-safe. */
final class MostAlike {
  // A best hit that is less alike than this is not a full match.
  private static final double CLEARLY_ALIKE = 0.3;

  private static final Comparator<Alike> BEST_FIRST =
      Comparator.comparingDouble(Alike::cosine).reversed().thenComparing(Alike::id);

  private final int depth;
  private final PriorityQueue<Alike> kept = new PriorityQueue<>(BEST_FIRST.reversed());

  private record Alike(String id, double cosine) {}

  /**
   * @param depth how many are kept
   */
  MostAlike(int depth) {
    this.depth = depth;
  }

  void offer(String id, double cosine) {
    Alike last = kept.peek();
    if (last == null || kept.size() < depth) {
      kept.add(new Alike(id, cosine));
      return;
    }
    Alike next = new Alike(id, cosine);
    if (BEST_FIRST.compare(next, last) < 0) {
      kept.poll();
      kept.add(next);
    }
  }

  /**
   * @param unrelated the likeness at and below which two texts have nothing to do with each other
   */
  Leg leg(double unrelated) {
    if (kept.isEmpty()) {
      return Leg.NOTHING;
    }
    List<Alike> found = new ArrayList<>(kept);
    found.sort(BEST_FIRST);
    // When the list is cut off, what is not in it is at most as alike as its last: that is 0.
    double cut = found.size() == depth ? found.getLast().cosine() : unrelated;
    double zero = Math.max(unrelated, cut);
    double full = Math.max(found.getFirst().cosine(), unrelated + CLEARLY_ALIKE);
    Map<String, Double> scores = new HashMap<>();
    Map<String, Double> raw = new HashMap<>();
    for (Alike one : found) {
      if (one.cosine() > zero) {
        scores.put(one.id(), Math.min(1, (one.cosine() - zero) / (full - zero)));
        raw.put(one.id(), one.cosine());
      }
    }
    return new Leg(scores, raw);
  }
}
