package dev.mneme.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text between {@code # /// script} and {@code # ///} without its comment marks.
 *
 * @param firstLine the file's line of the block's first content line, counted from 1
 */
record HeaderBlock(List<String> lines, int firstLine) {
  private static final String START = "# /// script";
  private static final String END = "# ///";

  /** Finds the block and adds what is wrong with its frame to {@code problems}. */
  static Optional<HeaderBlock> find(String file, String source, List<ToolProblem> problems) {
    List<String> all = source.lines().toList();
    int start = indexOf(all, 0);
    if (start < 0) {
      return Optional.empty();
    }
    if (indexOf(all, start + 1) >= 0) {
      int second = indexOf(all, start + 1);
      problems.add(
          ToolProblem.of(
              file, second + 1, "a second `# /// script` block", "keep one block in the file"));
    }
    List<String> content = new ArrayList<>();
    for (int i = start + 1; i < all.size(); i++) {
      String line = all.get(i).stripTrailing();
      if (line.equals(END)) {
        return Optional.of(new HeaderBlock(content, start + 2));
      }
      if (!line.equals("#") && !line.startsWith("# ")) {
        problems.add(
            ToolProblem.of(
                file,
                i + 1,
                "a line inside the script block is no comment",
                "start it with `# `, or end the block with `# ///`"));
        return Optional.empty();
      }
      content.add(line.length() > 2 ? line.substring(2) : "");
    }
    problems.add(
        ToolProblem.of(
            file, start + 1, "the script block has no end", "add a line `# ///` after it"));
    return Optional.empty();
  }

  String text() {
    return String.join("\n", lines);
  }

  /** The file's line on which a key is set, or the block's first line. */
  int lineOf(String key) {
    Pattern assignment = Pattern.compile("\\s*[\"']?" + Pattern.quote(key) + "[\"']?\\s*[=.].*");
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (assignment.matcher(line).matches() || line.strip().equals("[" + key + "]")) {
        return firstLine + i;
      }
    }
    return firstLine;
  }

  private static int indexOf(List<String> lines, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).stripTrailing().equals(START)) {
        return i;
      }
    }
    return -1;
  }
}
