package dev.mneme.search;

import java.util.Map;

/**
 * What one way of searching found.
 *
 * @param scores by passage id, normalised to 0 to 1
 * @param raw by passage id: what a reason tells, such as the cosine
 */
record Leg(Map<String, Double> scores, Map<String, Double> raw) {
  static final Leg NOTHING = new Leg(Map.of(), Map.of());

  Leg {
    scores = Map.copyOf(scores);
    raw = Map.copyOf(raw);
  }
}
