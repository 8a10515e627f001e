package dev.mneme.search;

import dev.mneme.common.Owner;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;

/**
 * Where passages or messages are looked for: in the index, or in the rows for as long as the index
 * does not hold them all. Every answer is that of one owner and passes the filters of the query.
 * Thread-safe; the work begins when asked for and the caller waits for the result.
 */
interface Source {
  /** What has any of the words, the best {@code depth} of it. */
  Future<Leg> byWords(Owner owner, SearchQuery query, List<String> words, int depth);

  /** What is most like a vector; empty when it cannot be told here in reasonable time. */
  Future<Optional<Leg>> byMeaning(Owner owner, SearchQuery query, float[] vector, int depth);

  /** Which of the words each of these has. */
  Future<Map<String, List<String>>> matchedWords(
      Owner owner, Kind kind, List<String> words, Collection<String> ids);

  /** Those of these that pass the filters of the query. */
  Future<Set<String>> among(Owner owner, SearchQuery query, Collection<String> ids);

  /** The ids of the newest, the newest first. */
  Future<List<String>> newest(Owner owner, SearchQuery query);
}
