package dev.mneme.tool;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How well a tool fits what somebody looks for, by the words of it.
 *
 * @param words in lower case; none: everything fits alike
 */
public record WordMatch(List<String> words) {
  private static final int MAX_WORDS = 20;
  private static final int NAME = 3;

  public WordMatch {
    words = List.copyOf(words);
  }

  public static WordMatch of(String text) {
    return new WordMatch(
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
            .filter(word -> !word.isEmpty())
            .limit(MAX_WORDS)
            .toList());
  }

  /** Whether any word is found, or none is looked for. */
  public boolean fits(String name, String about) {
    return words.isEmpty() || score(name, about) > 0;
  }

  /** More for a better fit; a word in the name counts most. */
  public int score(String name, String about) {
    String named = name.toLowerCase(Locale.ROOT);
    String told = about.toLowerCase(Locale.ROOT);
    int score = 0;
    for (String word : words) {
      score += named.contains(word) ? NAME : 0;
      score += told.contains(word) ? 1 : 0;
    }
    return score;
  }
}
