package dev.mneme.tool;

import java.util.regex.Pattern;

/**
 * Words by which a question for a password, a key or the like is known. They find what is asked for
 * openly; who hides what is asked for is not stopped by them, so people are told who asks as well.
 */
public final class SecretWords {
  private static final Pattern SENTENCE =
      Pattern.compile(
          "\\b(pass[ -]?(word|phrase|code)|secret|credential|(api|access|private|secret)[ _-]?key"
              + "|(access|auth|api|bearer|login|session|security)[ _-]?token"
              + "|pin|cvv|cvc|(card|account|social security) number|ssn)s?\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LABEL =
      Pattern.compile(
          "(?i)passw|passphrase|secret|credential|api[ _-]?key|private[ _-]?key|access[ _-]?key"
              + "|\\btoken\\b|_token|token_|\\bpin\\b|one[ _-]?time[ _-]?code|\\botp\\b|\\bcvv\\b"
              + "|card[ _-]?number");

  private SecretWords() {}

  /** In a text for people, where a single word such as token may mean many things. */
  public static boolean inSentence(String text) {
    return SENTENCE.matcher(text).find();
  }

  /** In the name or title of a field, which says no more than what it wants. */
  public static boolean inLabel(String text) {
    return LABEL.matcher(text).find();
  }
}
