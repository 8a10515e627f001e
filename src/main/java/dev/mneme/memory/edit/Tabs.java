package dev.mneme.memory.edit;

/** Tabs as spaces up to the next multiple of eight columns, as Python's expandtabs does. */
final class Tabs {
  private static final int WIDTH = 8;

  private Tabs() {}

  static String expand(String text) {
    if (text.indexOf('\t') < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length() + WIDTH);
    int column = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\t') {
        int spaces = WIDTH - column % WIDTH;
        result.repeat(' ', spaces);
        column += spaces;
      } else {
        result.appendCodePoint(c);
        column = c == '\n' || c == '\r' ? 0 : column + 1;
      }
    }
    return result.toString();
  }
}
