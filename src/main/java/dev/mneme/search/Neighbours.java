package dev.mneme.search;

import dev.mneme.search.Fusion.Fused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In a conversation the answer to a question often shares no word with it: each message lends a
 * part of its own score to those right before and after it.
 */
final class Neighbours {
  private Neighbours() {}

  /** A message with what it has of itself and what it earned. */
  record Earned(Fused own, double neighbours) {
    double score() {
      return own.score() + neighbours;
    }
  }

  /**
   * @param own what passes the filters, with its own score
   * @param lenders the messages that lend, which need not pass them
   * @param beside the neighbours of each lender
   * @param accepted those of the neighbours that pass the filters
   * @return the best first, with scores from 0 to 1
   */
  static List<Earned> rank(
      List<Fused> own,
      List<Fused> lenders,
      Map<String, List<String>> beside,
      Set<String> accepted,
      double share) {
    Map<String, Double> earned = new HashMap<>();
    for (Fused lender : lenders) {
      for (String neighbour : beside.getOrDefault(lender.id(), List.of())) {
        // The better of two: so none stands before a neighbour that is the better match itself.
        earned.merge(neighbour, share * lender.score(), Math::max);
      }
    }
    List<Earned> all = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    for (Fused one : own) {
      listed.add(one.id());
      all.add(new Earned(one, earned.getOrDefault(one.id(), 0.0)));
    }
    earned.forEach((id, score) -> {
      if (score > 0 && accepted.contains(id) && listed.add(id)) {
        all.add(new Earned(new Fused(id, 0, 0, 0), score));
      }
    });
    // Ids settle ties, so that the same search gives the same order.
    all.sort(
        Comparator.comparingDouble(Earned::score).reversed().thenComparing(one -> one.own().id()));
    return within(all);
  }

  /** Scores that stay below one are left as they are: they tell how good the best is. */
  private static List<Earned> within(List<Earned> sorted) {
    double best = sorted.isEmpty() ? 0 : sorted.getFirst().score();
    if (best <= 1) {
      return List.copyOf(sorted);
    }
    return sorted.stream()
        .map(one -> {
          Fused own = one.own();
          return new Earned(
              new Fused(own.id(), own.score() / best, own.lexical(), own.vector()),
              one.neighbours() / best);
        })
        .toList();
  }
}
