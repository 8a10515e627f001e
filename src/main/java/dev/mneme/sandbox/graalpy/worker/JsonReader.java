package dev.mneme.sandbox.graalpy.worker;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads one flat JSON object: its values are strings, numbers and booleans only.
 *
 * <p>The protocol needs no more, because arguments and results travel as text. Anything else, a
 * duplicate key included, is an {@link IllegalArgumentException}.
 */
final class JsonReader {
  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  static Map<String, Object> read(String text) {
    JsonReader reader = new JsonReader(text);
    Map<String, Object> object = reader.object();
    reader.skipSpace();
    if (reader.at != text.length()) {
      throw reader.wrong("the end");
    }
    return object;
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    expect('{');
    if (accept('}')) {
      return object;
    }
    do {
      skipSpace();
      String key = string();
      expect(':');
      skipSpace();
      if (object.put(key, value()) != null) {
        throw wrong("no second " + key);
      }
    } while (accept(','));
    expect('}');
    return object;
  }

  private Object value() {
    if (at < text.length() && text.charAt(at) == '"') {
      return string();
    }
    int from = at;
    while (at < text.length() && ",} \t".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    if (word.equals("true") || word.equals("false")) {
      return Boolean.valueOf(word);
    }
    try {
      return Long.valueOf(word);
    } catch (NumberFormatException e) {
      throw wrong("text, a whole number, true or false");
    }
  }

  private String string() {
    expect('"');
    int from = at;
    int end = endOfRun();
    if (next() == '"') {
      return text.substring(from, end);
    }
    StringBuilder out = new StringBuilder(text.length() - from).append(text, from, end);
    while (true) {
      out.append(escaped());
      from = at;
      end = endOfRun();
      out.append(text, from, end);
      if (next() == '"') {
        return out.toString();
      }
    }
  }

  /** Moves to the next quote or backslash: what lies before is copied as a whole. */
  private int endOfRun() {
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\') {
      at++;
    }
    return at;
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\', '/' -> c;
      case 'u' -> unicode();
      default -> throw wrong("a known escape");
    };
  }

  private char unicode() {
    if (at + 4 > text.length()) {
      throw wrong("four hex digits");
    }
    try {
      char c = (char) Integer.parseInt(text, at, at + 4, 16);
      at += 4;
      return c;
    } catch (NumberFormatException e) {
      throw wrong("four hex digits");
    }
  }

  private char next() {
    if (at >= text.length()) {
      throw wrong("more text");
    }
    return text.charAt(at++);
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw wrong("'" + c + "'");
    }
  }

  private boolean accept(char c) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException("expected " + expected + " at character " + at);
  }
}
