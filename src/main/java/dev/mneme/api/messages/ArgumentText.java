package dev.mneme.api.messages;

/**
 * Takes one text out of a JSON object that comes in pieces: the value of one field at its top, as
 * far as it is there. Anything that is no such object gives nothing.
 */
final class ArgumentText {
  private enum State {
    BETWEEN,
    KEY,
    COLON,
    VALUE,
    WANTED,
    OTHER,
    OVER
  }

  private final String field;
  private final StringBuilder key = new StringBuilder();
  private final StringBuilder unicode = new StringBuilder();
  private State state = State.BETWEEN;
  private int depth;
  private boolean inText;
  private boolean escaped;
  private boolean inUnicode;
  private String half = "";

  ArgumentText(String field) {
    this.field = field;
  }

  /** What the next piece adds to the text. */
  String next(String piece) {
    StringBuilder out = new StringBuilder(half);
    for (int i = 0; i < piece.length(); i++) {
      take(piece.charAt(i), out);
    }
    // Half of a character that takes two cannot be sent alone.
    int end = out.length();
    boolean cut = end > 0 && Character.isHighSurrogate(out.charAt(end - 1));
    half = cut ? out.substring(end - 1) : "";
    return out.substring(0, cut ? end - 1 : end);
  }

  private void take(char c, StringBuilder out) {
    switch (state) {
      case BETWEEN -> {
        if (c == '"') {
          key.setLength(0);
          state = State.KEY;
        } else if (c == '}') {
          state = State.OVER;
        }
      }
      case KEY -> {
        if (text(c, key)) {
          state = State.COLON;
        }
      }
      case COLON -> {
        if (c == ':') {
          state = State.VALUE;
        }
      }
      case VALUE -> begin(c);
      case WANTED -> {
        if (text(c, out)) {
          state = State.OVER;
        }
      }
      case OTHER -> skip(c);
      case OVER -> {}
    }
  }

  private void begin(char c) {
    if (Character.isWhitespace(c)) {
      return;
    }
    if (c == '"' && key.toString().equals(field)) {
      state = State.WANTED;
      return;
    }
    state = State.OTHER;
    depth = 0;
    inText = false;
    skip(c);
  }

  private void skip(char c) {
    if (inText) {
      if (escaped) {
        escaped = false;
      } else if (c == '\\') {
        escaped = true;
      } else if (c == '"') {
        inText = false;
      }
      return;
    }
    switch (c) {
      case '"' -> inText = true;
      case '{', '[' -> depth++;
      case ']' -> depth--;
      case '}' -> {
        depth--;
        if (depth < 0) {
          state = State.OVER;
        }
      }
      case ',' -> {
        if (depth == 0) {
          state = State.BETWEEN;
        }
      }
      default -> {}
    }
  }

  /** Takes a character of a text; true at its end. */
  private boolean text(char c, StringBuilder to) {
    if (inUnicode) {
      unicode.append(c);
      if (unicode.length() == 4) {
        to.append(hex(unicode.toString()));
        inUnicode = false;
      }
      return false;
    }
    if (escaped) {
      escaped = false;
      switch (c) {
        case 'n' -> to.append('\n');
        case 't' -> to.append('\t');
        case 'r' -> to.append('\r');
        case 'b' -> to.append('\b');
        case 'f' -> to.append('\f');
        case 'u' -> {
          inUnicode = true;
          unicode.setLength(0);
        }
        default -> to.append(c);
      }
      return false;
    }
    if (c == '\\') {
      escaped = true;
      return false;
    }
    if (c == '"') {
      return true;
    }
    to.append(c);
    return false;
  }

  private static char hex(String digits) {
    try {
      return (char) Integer.parseInt(digits, 16);
    } catch (NumberFormatException _) {
      return '\uFFFD';
    }
  }
}
