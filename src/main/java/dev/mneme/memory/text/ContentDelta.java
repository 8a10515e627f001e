package dev.mneme.memory.text;

import java.util.Optional;

/**
 * A text as its difference from an earlier one: how much of the start and of the end is the same,
 * and what stands between. Most edits happen in one place, where nothing is smaller.
 */
public final class ContentDelta {
  private ContentDelta() {}

  /** The difference; empty when it would not be much smaller than the text. */
  public static Optional<String> encode(String base, String text) {
    int shorter = Math.min(base.length(), text.length());
    int head = 0;
    while (head < shorter && base.charAt(head) == text.charAt(head)) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && base.charAt(base.length() - 1 - tail) == text.charAt(text.length() - 1 - tail)) {
      tail++;
    }
    // Half a surrogate pair does not survive being stored as UTF-8.
    if (head > 0 && Character.isHighSurrogate(text.charAt(head - 1))) {
      head--;
    }
    if (tail > 0 && Character.isLowSurrogate(text.charAt(text.length() - tail))) {
      tail--;
    }
    String delta = head + " " + tail + " " + text.substring(head, text.length() - tail);
    return delta.length() * 2 < text.length() ? Optional.of(delta) : Optional.empty();
  }

  /** The text that {@link #encode} was given. */
  public static String apply(String base, String delta) {
    int first = delta.indexOf(' ');
    int second = delta.indexOf(' ', first + 1);
    int head = Integer.parseInt(delta.substring(0, first));
    int tail = Integer.parseInt(delta.substring(first + 1, second));
    return base.substring(0, head)
        + delta.substring(second + 1)
        + base.substring(base.length() - tail);
  }
}
