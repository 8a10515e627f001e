package dev.mneme.memory.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random texts that look like notes: repeated lines, empty lines, characters outside the BMP. */
public final class TestingTexts {
  private static final List<String> WORDS =
      List.of("red", "wine", "likes", "Ada", "Zürich", "😀", "", "a", "  x", "日本", "-", "+");

  private TestingTexts() {}

  public static String text(Random random, int maxLines) {
    List<String> lines = new ArrayList<>();
    for (int i = random.nextInt(maxLines + 1); i > 0; i--) {
      lines.add(line(random));
    }
    return Lines.join(lines);
  }

  public static String line(Random random) {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      words.add(WORDS.get(random.nextInt(WORDS.size())));
    }
    return String.join(" ", words);
  }

  /** The text with a few lines inserted, removed or replaced. */
  public static String edited(Random random, String text) {
    List<String> lines = new ArrayList<>(Lines.of(text));
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(lines.size() + 1);
      switch (random.nextInt(3)) {
        case 0 -> lines.add(at, line(random));
        case 1 -> {
          if (at < lines.size() && lines.size() > 1) {
            lines.remove(at);
          }
        }
        default -> {
          if (at < lines.size()) {
            lines.set(at, line(random));
          }
        }
      }
    }
    return Lines.join(lines);
  }
}
