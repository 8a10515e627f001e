package dev.mneme.relay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object, found without parsing their values. Immutable.
 *
 * <p>Enough to route a message: any order, nesting and escapes are understood, but values are not
 * validated; that is the owner's work. Of text that ends early, the members before the end are
 * there.
 */
final class RawObject {
  private final byte[] text;
  private final List<String> names = new ArrayList<>(8);
  private final List<int[]> spans = new ArrayList<>(8);
  private int at;

  private RawObject(byte[] text, int from) {
    this.text = text;
    this.at = from;
  }

  static RawObject of(byte[] text) {
    RawObject object = new RawObject(text, 0);
    object.scan();
    return object;
  }

  static RawObject of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  boolean has(String name) {
    return names.contains(name);
  }

  /** The value as it stands in the text, or null where there is no such member. */
  @Nullable String raw(String name) {
    int index = names.lastIndexOf(name);
    if (index < 0) {
      return null;
    }
    int[] span = spans.get(index);
    return new String(text, span[0], span[1] - span[0], StandardCharsets.UTF_8);
  }

  /** The value of a member that is a string, or null. */
  @Nullable String string(String name) {
    String raw = raw(name);
    if (raw == null || raw.length() < 2 || raw.charAt(0) != '"') {
      return null;
    }
    return unescape(raw.substring(1, raw.length() - 1));
  }

  /** The members of a member that is an object; empty where it is none. */
  RawObject object(String name) {
    String raw = raw(name);
    return of(raw == null ? "" : raw);
  }

  private void scan() {
    skipSpace();
    if (!take('{')) {
      return;
    }
    while (true) {
      skipSpace();
      int from = at;
      if (!skipString()) {
        return;
      }
      String name = new String(text, from + 1, at - from - 2, StandardCharsets.UTF_8);
      skipSpace();
      if (!take(':')) {
        return;
      }
      skipSpace();
      int start = at;
      if (!skipValue()) {
        return;
      }
      names.add(unescape(name));
      spans.add(new int[] {start, at});
      skipSpace();
      if (!take(',')) {
        return;
      }
    }
  }

  private void skipSpace() {
    while (at < text.length && (text[at] == ' ' || text[at] == '\t' || isEnd(text[at]))) {
      at++;
    }
  }

  private static boolean isEnd(byte b) {
    return b == '\n' || b == '\r';
  }

  private boolean take(char c) {
    if (at < text.length && text[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean skipString() {
    if (!take('"')) {
      return false;
    }
    while (at < text.length) {
      byte b = text[at++];
      if (b == '\\') {
        at++;
      } else if (b == '"') {
        return true;
      }
    }
    return false;
  }

  private boolean skipValue() {
    int depth = 0;
    int start = at;
    while (at < text.length) {
      byte b = text[at];
      if (b == '"') {
        if (!skipString()) {
          return false;
        }
      } else if (b == '{' || b == '[') {
        depth++;
        at++;
      } else if (b == '}' || b == ']') {
        if (depth == 0) {
          return at > start;
        }
        depth--;
        at++;
      } else if (depth == 0 && (b == ',' || b == ' ' || b == '\t' || isEnd(b))) {
        return at > start;
      } else {
        at++;
        continue;
      }
      if (depth == 0) {
        return true;
      }
    }
    return false;
  }

  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '\\' || i == text.length()) {
        plain.append(c);
        continue;
      }
      char kind = text.charAt(i++);
      switch (kind) {
        case 'n' -> plain.append('\n');
        case 't' -> plain.append('\t');
        case 'r' -> plain.append('\r');
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        case 'u' -> {
          int code = hex(text, i);
          plain.append(code < 0 ? '\uFFFD' : (char) code);
          i = Math.min(text.length(), i + 4);
        }
        default -> plain.append(kind);
      }
    }
    return plain.toString();
  }

  private static int hex(String text, int from) {
    if (from + 4 > text.length()) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }

  /** A JSON string of this text, quotes included. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u00").append(c < 16 ? '0' : '1').append(Character.forDigit(c % 16, 16));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
