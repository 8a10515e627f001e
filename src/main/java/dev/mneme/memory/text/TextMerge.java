package dev.mneme.memory.text;

import java.util.Optional;

/**
 * Three-way merge of texts: by lines, and where both sides changed the same lines, by words.
 *
 * <p>Between lines, changes may touch: the order of their results is certain. Between words, at
 * least one unchanged word must stand between them. Two insertions at one place are a conflict,
 * because their order is not known.
 */
public final class TextMerge {
  private TextMerge() {}

  /**
   * The text with both changes.
   *
   * @return empty when the changes overlap
   */
  public static Optional<String> merge(String base, String ours, String theirs) {
    if (base.equals(theirs) || ours.equals(theirs)) {
      return Optional.of(ours);
    }
    if (base.equals(ours)) {
      return Optional.of(theirs);
    }
    return new ListMerge("\n", true, TextMerge::byWords)
        .merge(Lines.of(base), Lines.of(ours), Lines.of(theirs))
        .map(Lines::join);
  }

  private static Optional<String> byWords(String base, String ours, String theirs) {
    return new ListMerge("", false, (_, _, _) -> Optional.empty())
        .merge(Lines.words(base), Lines.words(ours), Lines.words(theirs))
        .map(words -> String.join("", words));
  }
}
