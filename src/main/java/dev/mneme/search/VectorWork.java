package dev.mneme.search;

import java.util.List;

/** Whoever makes the vectors that are missing. */
interface VectorWork {
  /** These passages are in the index without a vector. */
  void lacking(List<SearchRow> written);

  /** Any passage changed after this sequence may lack its vector. */
  void walk(long afterSequence);

  /** Whether nothing is left to do. */
  boolean settled();
}
