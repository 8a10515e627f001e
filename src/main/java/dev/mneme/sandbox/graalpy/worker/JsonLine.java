package dev.mneme.sandbox.graalpy.worker;

import java.nio.charset.StandardCharsets;

/** Builds one message to the host: a flat JSON object on one line. */
final class JsonLine {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder text = new StringBuilder(256);

  JsonLine(String type) {
    text.append("{\"type\":");
    string(type);
  }

  JsonLine put(String key, String value) {
    key(key);
    string(value);
    return this;
  }

  JsonLine put(String key, long value) {
    key(key);
    text.append(value);
    return this;
  }

  /** A value that JSON cannot hold is written as 0. */
  JsonLine put(String key, double value) {
    key(key);
    text.append(Double.isFinite(value) ? value : 0.0);
    return this;
  }

  byte[] bytes() {
    return (text + "}\n").getBytes(StandardCharsets.UTF_8);
  }

  private void key(String key) {
    text.append(',');
    string(key);
    text.append(':');
  }

  private void string(String value) {
    text.append('"');
    int from = 0;
    int length = value.length();
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && !loneSurrogate(value, i, c)) {
        continue;
      }
      text.append(value, from, i);
      from = i + 1;
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        default -> {
          if (c < ' ') {
            text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else {
            text.append('\uFFFD');
          }
        }
      }
    }
    text.append(value, from, length).append('"');
  }

  private static boolean loneSurrogate(String value, int i, char c) {
    if (Character.isHighSurrogate(c)) {
      return i + 1 >= value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
  }
}
