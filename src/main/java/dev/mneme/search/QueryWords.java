package dev.mneme.search;

import dev.mneme.common.Texts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The words of a query. There is no query language, so nothing in a query can be an error or an
 * instruction: quotes, colons and stars are just not words.
 */
final class QueryWords {
  private static final int MAX_CHARACTERS = 4_000;
  private static final int MAX_WORDS = 64;

  // Words that say how one asks, not what for. A question is full of them, and in a small store
  // they are rare enough to outweigh the words that matter.
  private static final Set<String> ASKING =
      Set.of(
          "a", "about", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "could",
          "did", "do", "does", "for", "from", "had", "has", "have", "how", "i", "in", "is", "it",
          "its", "me", "my", "of", "on", "or", "our", "should", "that", "the", "their", "them",
          "there", "these", "they", "this", "to", "was", "we", "were", "what", "when", "where",
          "which", "who", "whom", "whose", "why", "will", "with", "would", "you", "your");

  private QueryWords() {}

  /** The distinct words to look for; empty when the text has none. */
  static List<String> of(PassageAnalyzer analyzer, String text) {
    Set<String> all = analyzer.words(shortened(text), MAX_WORDS);
    Set<String> telling = new LinkedHashSet<>(all);
    telling.removeAll(ASKING);
    return List.copyOf(telling.isEmpty() ? all : telling);
  }

  static String shortened(String text) {
    return Texts.head(text, MAX_CHARACTERS);
  }
}
