package dev.mneme.memory.edit;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.text.Lines;
import java.util.List;
import java.util.regex.Pattern;

/** The numbered view of a block's lines; edits must not write the numbers back. */
public final class LineNumbers {
  /** Stands beside numbered values in the compiled memory. */
  public static final String NOTE =
      "The number and arrow before each line are shown for orientation only; they are no part of"
          + " the memory and must not appear in edits.";

  private static final Pattern PREFIX = Pattern.compile("(?m)^[ ]{0,8}[0-9]{1,7}→");

  private LineNumbers() {}

  public static String number(String value) {
    List<String> lines = Lines.of(value);
    StringBuilder result = new StringBuilder(value.length() + lines.size() * 4);
    for (int i = 0; i < lines.size(); i++) {
      result.append(i == 0 ? "" : "\n").append(i + 1).append("→ ").append(lines.get(i));
    }
    return result.toString();
  }

  static void refuse(String argument, String text) {
    if (PREFIX.matcher(text).find() || text.contains(NOTE)) {
      throw MnemeException.invalid(
          "line_numbers_in_text",
          argument
              + " holds line numbers like '12→' or the note about them. They are not part of"
              + " the memory; send the text without them.");
    }
  }
}
