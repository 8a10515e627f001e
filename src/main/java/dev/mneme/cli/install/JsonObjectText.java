package dev.mneme.cli.install;

import java.util.Optional;

/**
 * One object inside a text of JSON with comments: where it begins and where its members are.
 * Immutable. The text as a whole was found valid before.
 */
record JsonObjectText(String text, int open) {
  /**
   * A value's place.
   *
   * @param to the index after it
   */
  record Span(String text, int from, int to) {
    Optional<JsonObjectText> asObject() {
      return text.charAt(from) == '{'
          ? Optional.of(new JsonObjectText(text, from))
          : Optional.empty();
    }
  }

  static Optional<JsonObjectText> first(String text) {
    int at = skipBlank(text, text.startsWith("\uFEFF") ? 1 : 0);
    return at < text.length() && text.charAt(at) == '{'
        ? Optional.of(new JsonObjectText(text, at))
        : Optional.empty();
  }

  boolean isEmpty() {
    return text.charAt(skipBlank(text, open + 1)) == '}';
  }

  /** Whether a line ends right after the opening brace. */
  boolean startsOnNewLine() {
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return true;
      }
      if (c != ' ' && c != '\t' && c != '\r') {
        return false;
      }
    }
    return false;
  }

  /** The white space before the first member, where that begins a line. */
  Optional<String> indent() {
    int first = skipBlank(text, open + 1);
    int line = text.lastIndexOf('\n', first) + 1;
    String before = text.substring(Math.max(line, open + 1), first);
    return line > open && before.isBlank() && !isEmpty() ? Optional.of(before) : Optional.empty();
  }

  /** The value of a member; of the last one where a name is there twice. */
  Optional<Span> member(String name) {
    Optional<Span> found = Optional.empty();
    int at = skipBlank(text, open + 1);
    while (at < text.length() && text.charAt(at) == '"') {
      int nameEnd = skipString(text, at);
      int from = skipBlank(text, skipBlank(text, nameEnd) + 1);
      int to = skipValue(text, from);
      if (text.substring(at + 1, nameEnd - 1).equals(name)) {
        found = Optional.of(new Span(text, from, to));
      }
      at = skipBlank(text, to);
      if (at < text.length() && text.charAt(at) == ',') {
        at = skipBlank(text, at + 1);
      }
    }
    return found;
  }

  private static int skipBlank(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("//", at)) {
        at = end(text, text.indexOf('\n', at), 1);
      } else if (text.startsWith("/*", at)) {
        at = end(text, text.indexOf("*/", at), 2);
      } else {
        return at;
      }
    }
    return at;
  }

  private static int end(String text, int found, int length) {
    return found < 0 ? text.length() : found + length;
  }

  private static int skipString(String text, int from) {
    int at = from + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(text.length(), at + 1);
  }

  private static int skipValue(String text, int from) {
    int depth = 0;
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at = skipString(text, at);
      } else if (c == '{' || c == '[') {
        depth++;
        at++;
      } else if (c == '}' || c == ']') {
        if (depth == 0) {
          return at;
        }
        depth--;
        at++;
      } else if (depth > 0) {
        int next = skipBlank(text, at);
        at = next == at ? at + 1 : next;
        continue;
      } else if (c == ',' || c == '/' || Character.isWhitespace(c)) {
        return at;
      } else {
        at++;
        continue;
      }
      if (depth == 0) {
        return at;
      }
    }
    return at;
  }
}
