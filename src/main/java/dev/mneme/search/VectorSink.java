package dev.mneme.search;

import java.util.List;
import java.util.Map;

/** Takes vectors into the index. */
@FunctionalInterface
interface VectorSink {
  /**
   * Returns when searches find these passages by their vectors; one that has changed since its row
   * was read is left out.
   */
  void add(List<SearchRow> rows, Map<VectorRows.Key, float[]> vectors);
}
