package dev.mneme.memory.text;

import dev.mneme.common.MnemeException;

/** What every stored text has to obey, so that it comes back as it was given. */
public final class TextRules {
  private TextRules() {}

  /** Length as people count it: Unicode code points. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /**
   * Refuses what a database or UTF-8 cannot hold.
   *
   * @param what names the text in the error
   */
  public static String storable(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw MnemeException.invalid(
            "invalid_text", "The " + what + " holds a NUL character at " + i + "; remove it.");
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw MnemeException.invalid(
              "invalid_text",
              "The " + what + " holds half a surrogate pair at " + i + "; send valid Unicode.");
        }
        i++;
      }
    }
    return text;
  }

  /** As {@link #storable}, with a bound on the length. */
  public static String bounded(String what, String text, int max) {
    storable(what, text);
    int length = length(text);
    if (length > max) {
      throw MnemeException.limit(
          "text_too_long",
          "The "
              + what
              + " has "
              + length
              + " characters; at most "
              + max
              + " are allowed. Shorten it.");
    }
    return text;
  }
}
