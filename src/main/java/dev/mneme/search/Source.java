package dev.mneme.search;

import dev.mneme.common.Owner;
import dev.mneme.memory.PassageQuery;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * Where passages are looked for: in the index, or in the rows for as long as the index does not
 * hold them all. Every answer is that of one owner and passes the filters of the query.
 * Thread-safe; the work begins when asked for and the caller waits for the result.
 */
interface Source {
  /** What has any of the words, the best {@code depth} of it. */
  Future<Leg> byWords(Owner owner, PassageQuery query, List<String> words, int depth);

  /** What is most like a vector; empty when it cannot be told here in reasonable time. */
  Future<Optional<Leg>> byMeaning(Owner owner, PassageQuery query, float[] vector, int depth);

  /** Which of the words each of these passages has. */
  Future<Map<String, List<String>>> matchedWords(
      Owner owner, List<String> words, Collection<String> ids);

  /** The ids of the newest passages, the newest first. */
  Future<List<String>> newest(Owner owner, PassageQuery query);
}
