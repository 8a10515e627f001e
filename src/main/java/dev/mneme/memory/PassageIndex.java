package dev.mneme.memory;

import dev.mneme.common.Owner;
import java.util.Collection;
import java.util.List;

/**
 * Finds passages by words and meaning. The database stays the truth: an index may be lost and built
 * anew. Thread-safe.
 */
public interface PassageIndex {
  /**
   * Makes the index agree with the present rows of these passages (new, changed or gone), and
   * returns when a search finds them as they are now. Calls may come in any order: the rows are
   * read anew each time.
   *
   * @param sequence the journal sequence of the change
   */
  void refresh(Collection<String> passageIds, long sequence);

  /**
   * Removes every trace of these passages and of vectors made from their texts from the data
   * folder, not just from results.
   */
  void erase(Collection<String> passageIds);

  /** The best hits first. */
  List<PassageHit> search(Owner owner, PassageQuery query);
}
