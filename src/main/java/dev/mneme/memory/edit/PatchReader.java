package dev.mneme.memory.edit;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a patch: hunks divided by {@code @@} lines, of lines that begin with a space, {@code -} or
 * {@code +}, under optional {@code ***} headers that name blocks. An empty line counts as an empty
 * context line, because editors and models drop the space before it.
 */
final class PatchReader {
  private static final String ADD = "*** Add Block:";
  private static final String DELETE = "*** Delete Block:";
  private static final String UPDATE = "*** Update Block:";
  private static final String MOVE = "*** Move to:";
  private static final String DESCRIPTION = "Description:";
  private static final int MAX_STEPS = 50;

  private final List<String> lines;
  private int next;

  private PatchReader(List<String> lines) {
    this.lines = lines;
  }

  static List<PatchStep> read(String label, String patch) {
    List<String> lines = new ArrayList<>(Lines.of(patch.replace("\r\n", "\n")));
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    lines.removeIf(line -> line.equals("*** Begin Patch") || line.equals("*** End Patch"));
    PatchReader reader = new PatchReader(lines);
    boolean headed = lines.stream().anyMatch(PatchReader::isHeader);
    List<PatchStep> steps = new ArrayList<>();
    if (!headed) {
      steps.add(new PatchStep.Update(label, Optional.empty(), reader.hunks(label)));
    }
    while (headed && reader.next < lines.size()) {
      steps.add(reader.step());
    }
    if (steps.size() > MAX_STEPS) {
      throw MnemeException.limit(
          "patch_too_large", "A patch may touch at most " + MAX_STEPS + " blocks; split it.");
    }
    return steps;
  }

  private PatchStep step() {
    String line = lines.get(next++);
    if (line.startsWith(ADD)) {
      return added(named(line, ADD));
    }
    if (line.startsWith(DELETE)) {
      return new PatchStep.Delete(named(line, DELETE));
    }
    if (!line.startsWith(UPDATE)) {
      throw malformed(
          "Line '"
              + line
              + "' stands under no '*** Add Block:', '*** Delete Block:' or"
              + " '*** Update Block:' header.");
    }
    String label = named(line, UPDATE);
    Optional<String> moved = Optional.empty();
    if (next < lines.size() && lines.get(next).startsWith(MOVE)) {
      moved = Optional.of(named(lines.get(next++), MOVE));
    }
    boolean ends = next >= lines.size() || isHeader(lines.get(next));
    return new PatchStep.Update(label, moved, ends && moved.isPresent() ? List.of() : hunks(label));
  }

  private PatchStep added(String label) {
    Optional<String> description = Optional.empty();
    if (next < lines.size() && lines.get(next).startsWith(DESCRIPTION)) {
      description = Optional.of(named(lines.get(next++), DESCRIPTION));
    }
    List<String> value = new ArrayList<>();
    while (next < lines.size() && !isHeader(lines.get(next))) {
      String line = lines.get(next++);
      if (!line.startsWith("+") && !line.isEmpty()) {
        throw malformed("Each line of an added block begins with '+', not '" + line + "'.");
      }
      value.add(line.isEmpty() ? "" : line.substring(1));
    }
    return new PatchStep.Add(label, description, Lines.join(value));
  }

  private List<Hunk> hunks(String label) {
    List<Hunk> hunks = new ArrayList<>();
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    boolean changes = false;
    skipFileHeader();
    while (next < lines.size() && !isHeader(lines.get(next))) {
      String line = lines.get(next++);
      if (line.startsWith("@@")) {
        flush(hunks, before, after);
      } else if (line.isEmpty() || line.startsWith(" ")) {
        String text = line.isEmpty() ? "" : line.substring(1);
        before.add(text);
        after.add(text);
      } else if (line.startsWith("-")) {
        before.add(line.substring(1));
        changes = true;
      } else if (line.startsWith("+")) {
        after.add(line.substring(1));
        changes = true;
      } else {
        throw malformed(
            "Line '"
                + line
                + "' begins with neither a space (kept), '-' (removed), '+' (added) nor"
                + " '@@'.");
      }
    }
    flush(hunks, before, after);
    if (!changes) {
      throw malformed(
          "The patch of block '" + label + "' has no line that begins with '-' or '+'.");
    }
    return hunks;
  }

  /** The two lines a diff program writes before its first hunk. */
  private void skipFileHeader() {
    if (next + 2 < lines.size()
        && lines.get(next).startsWith("--- ")
        && lines.get(next + 1).startsWith("+++ ")
        && lines.get(next + 2).startsWith("@@")) {
      next += 2;
    }
  }

  private static void flush(List<Hunk> hunks, List<String> before, List<String> after) {
    if (!before.isEmpty() || !after.isEmpty()) {
      hunks.add(new Hunk(before, after));
      before.clear();
      after.clear();
    }
  }

  private static boolean isHeader(String line) {
    return line.startsWith(ADD)
        || line.startsWith(DELETE)
        || line.startsWith(UPDATE)
        || line.startsWith(MOVE);
  }

  private static String named(String line, String header) {
    String name = line.substring(header.length()).strip();
    if (name.isEmpty() && !header.equals(DESCRIPTION)) {
      throw malformed("'" + header + "' names no block.");
    }
    return name;
  }

  private static MnemeException malformed(String message) {
    return MnemeException.invalid(
        "invalid_patch", message + " Nothing was changed; fix the patch.");
  }
}
