package dev.mneme.memory.edit;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One piece of a patch: lines as they are, and as they shall be.
 *
 * @param before context and removed lines; they must stand in the text exactly once. None: the new
 *     lines go to the end
 * @param after context and added lines
 */
public record Hunk(List<String> before, List<String> after) {
  public Hunk {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  String apply(String label, String value) {
    if (before.isEmpty()) {
      String added = Lines.join(after);
      return value.isEmpty() ? added : value + "\n" + added;
    }
    List<String> lines = Lines.of(value);
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i + before.size() <= lines.size(); i++) {
      if (lines.subList(i, i + before.size()).equals(before)) {
        found.add(i + 1);
      }
    }
    if (found.isEmpty()) {
      throw MnemeException.invalid(
          "patch_context_not_found",
          "The lines this hunk expects do not stand in block '"
              + label
              + "', beginning with '"
              + shortened(before.getFirst())
              + "'. Nothing was changed; view the block and give its lines exactly.");
    }
    if (found.size() > 1) {
      throw MnemeException.invalid(
              "patch_context_ambiguous",
              "The lines this hunk expects stand "
                  + found.size()
                  + " times in block '"
                  + label
                  + "', at lines "
                  + found.subList(0, Math.min(50, found.size()))
                  + ". Nothing was changed; add more context lines.")
          .withDetails(Map.of("lines", found.subList(0, Math.min(50, found.size()))));
    }
    int at = found.getFirst() - 1;
    List<String> result = new ArrayList<>(lines.subList(0, at));
    result.addAll(after);
    result.addAll(lines.subList(at + before.size(), lines.size()));
    return Lines.join(result);
  }

  private static String shortened(String line) {
    return line.codePointCount(0, line.length()) <= 80
        ? line
        : line.substring(0, line.offsetByCodePoints(0, 80)) + "…";
  }
}
