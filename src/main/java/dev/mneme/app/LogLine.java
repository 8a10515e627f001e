package dev.mneme.app;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** How an event is written. */
interface LogLine {
  /**
   * Appends the event without a final line end.
   *
   * @param message with its arguments, secrets masked
   * @param stack the lines of the stack trace, unescaped; often none
   */
  void write(StringBuilder out, LogRecord event, String message, List<String> stack);

  static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARN";
    }
    if (level.intValue() >= Level.INFO.intValue()) {
      return "INFO";
    }
    return level.intValue() >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }

  /**
   * Appends text so that it stays on its line and moves no cursor: control characters, line
   * separators, direction marks and lone surrogates are written as escapes.
   */
  static void escape(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          int type = Character.getType(c);
          if (type == Character.CONTROL
              || type == Character.FORMAT
              || type == Character.SURROGATE
              || type == Character.LINE_SEPARATOR
              || type == Character.PARAGRAPH_SEPARATOR) {
            for (char unit : Character.toChars(c)) {
              out.append(String.format("\\u%04x", (int) unit));
            }
          } else {
            out.appendCodePoint(c);
          }
        }
      }
    }
  }
}
