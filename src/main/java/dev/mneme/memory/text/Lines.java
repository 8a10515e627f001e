package dev.mneme.memory.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts as lists of lines or of words, so that joining gives the text back exactly. */
public final class Lines {
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{N}_]+|\\s|.", Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS);

  private Lines() {}

  /** The lines; an empty text has one empty line, as in Python's {@code split}. */
  public static List<String> of(String text) {
    return List.of(text.split("\n", -1));
  }

  public static String join(List<String> lines) {
    return String.join("\n", lines);
  }

  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }
}
