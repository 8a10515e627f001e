package dev.mneme.memory.edit;

import dev.mneme.common.MnemeException;
import java.util.ArrayList;
import java.util.List;

/** Where a text stands in another, and the errors when it does not. */
final class Occurrences {
  private static final int MAX_LISTED = 50;

  private Occurrences() {}

  /** The lines, counted from 1, in which the occurrences begin; overlapping ones count once. */
  static List<Integer> lines(String text, String part) {
    List<Integer> lines = new ArrayList<>();
    int line = 1;
    int counted = 0;
    for (int at = text.indexOf(part);
        at >= 0 && lines.size() < MAX_LISTED;
        at = text.indexOf(part, at + part.length())) {
      for (; counted < at; counted++) {
        if (text.charAt(counted) == '\n') {
          line++;
        }
      }
      lines.add(line);
    }
    return lines;
  }

  static MnemeException notFound(String label, String argument) {
    return MnemeException.invalid(
        "old_string_not_found",
        argument
            + " does not stand in block '"
            + label
            + "'. Nothing was changed; view the block and copy the text exactly, with its spaces"
            + " and line breaks.");
  }

  static MnemeException emptyOld(String argument) {
    return MnemeException.invalid(
        "old_string_empty",
        argument + " is empty. Give the text to replace, or insert or append instead.");
  }
}
