package dev.mneme.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes one ranking of two by a weighted sum of normalised scores. */
final class Fusion {
  private Fusion() {}

  /** What was found, with the parts of its score. */
  record Fused(String id, double score, double lexical, double vector) {}

  static List<Fused> fuse(Leg lexical, Leg vector, SearchSettings settings, int limit) {
    double sum = settings.lexicalWeight() + settings.vectorWeight();
    Set<String> ids = new HashSet<>(lexical.scores().keySet());
    ids.addAll(vector.scores().keySet());
    List<Fused> all = new ArrayList<>(ids.size());
    for (String id : ids) {
      double words = lexical.scores().getOrDefault(id, 0.0);
      double meaning = vector.scores().getOrDefault(id, 0.0);
      double score = (settings.lexicalWeight() * words + settings.vectorWeight() * meaning) / sum;
      if (score > 0) {
        all.add(new Fused(id, score, words, meaning));
      }
    }
    // Ids settle ties, so that the same search gives the same order.
    all.sort(Comparator.comparingDouble(Fused::score).reversed().thenComparing(Fused::id));
    return all.subList(0, Math.min(limit, all.size()));
  }

  /** The ranking where there are only words: their score is the whole score. */
  static List<Fused> wordsOnly(Leg lexical, int limit) {
    return fuse(lexical, Leg.NOTHING, SearchSettings.DEFAULT.weighing(1, 0), limit);
  }

  /** The ranking where only the meaning counts. */
  static List<Fused> meaningOnly(Leg vector, int limit) {
    return fuse(Leg.NOTHING, vector, SearchSettings.DEFAULT.weighing(0, 1), limit);
  }
}
