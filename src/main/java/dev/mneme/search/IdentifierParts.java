package dev.mneme.search;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.AttributeSource;

/**
 * After an identifier, its parts at the same place: {@code fetchUser_byId2} is followed by {@code
 * fetch}, {@code User}, {@code by}, {@code Id} and {@code 2}. Plain words pass unchanged, which
 * makes this many times faster than Lucene's filter for the purpose.
 */
final class IdentifierParts extends TokenFilter {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final PositionIncrementAttribute position =
      addAttribute(PositionIncrementAttribute.class);
  private final Deque<String> parts = new ArrayDeque<>();
  private AttributeSource.State whole = captureState();

  IdentifierParts(TokenStream words) {
    super(words);
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (!parts.isEmpty()) {
      restoreState(whole);
      term.setEmpty().append(parts.removeFirst());
      position.setPositionIncrement(0);
      return true;
    }
    if (!input.incrementToken()) {
      return false;
    }
    split();
    if (!parts.isEmpty()) {
      whole = captureState();
    }
    return true;
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    parts.clear();
  }

  private void split() {
    int length = term.length();
    int start = 0;
    for (int i = 1; i <= length; i++) {
      if (i == length || isBoundary(i)) {
        if (start == 0 && i == length) {
          return;
        }
        add(start, i);
        start = i;
      }
    }
  }

  private void add(int start, int end) {
    int from = start;
    while (from < end && !Character.isLetterOrDigit(term.charAt(from))) {
      from++;
    }
    if (from < end) {
      parts.add(term.subSequence(from, end).toString());
    }
  }

  private boolean isBoundary(int i) {
    char before = term.charAt(i - 1);
    char here = term.charAt(i);
    if (Character.isSurrogate(before) || Character.isSurrogate(here)) {
      return false;
    }
    if (!Character.isLetterOrDigit(here)) {
      return Character.isLetterOrDigit(before) && !isMark(here);
    }
    if (Character.isLowerCase(before) && Character.isUpperCase(here)) {
      return true;
    }
    // The last capital of several begins the next word: HTTPClient.
    if (Character.isUpperCase(before) && Character.isUpperCase(here) && i + 1 < term.length()) {
      return Character.isLowerCase(term.charAt(i + 1));
    }
    return Character.isDigit(before) != Character.isDigit(here)
        && Character.isLetterOrDigit(before);
  }

  /** Accents written as characters of their own belong to the letter before. */
  private static boolean isMark(char character) {
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}
