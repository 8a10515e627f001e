package dev.mneme.common;

/** Cutting texts. Half a character outside the basic plane could not be written as UTF-8. */
public final class Texts {
  private Texts() {}

  /** The beginning of a text, whole where it has at most so many chars. */
  public static String head(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean splits = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, splits ? most - 1 : most);
  }

  /** As above, with an ellipsis where something is missing. */
  public static String shorten(String text, int most) {
    return text.length() <= most ? text : head(text, most) + '…';
  }
}
