package dev.mneme.memory.text;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.util.List;

/** Differences as people and models read them: the unified format, cut at a bounded size. */
public final class UnifiedText {
  private static final int CONTEXT = 3;
  private static final int MAX_CHARS = 20_000;

  private UnifiedText() {}

  /** The difference without file headers; empty when the texts are equal. */
  public static String between(String from, String to) {
    List<String> before = Lines.of(from);
    List<String> after = Lines.of(to);
    Patch<String> patch = new Patch<>();
    for (Region region : ListDiff.between(before, after)) {
      patch.addDelta(
          new ChangeDelta<>(
              new Chunk<>(region.start(), before.subList(region.start(), region.end())),
              new Chunk<>(region.toStart(), after.subList(region.toStart(), region.toEnd()))));
    }
    List<String> lines =
        UnifiedDiffUtils.generateUnifiedDiff("before", "after", before, patch, CONTEXT);
    String text = String.join("\n", lines.subList(Math.min(2, lines.size()), lines.size()));
    return text.length() <= MAX_CHARS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_CHARS / 2))
            + "\n… (cut: the whole difference has "
            + text.length()
            + " characters)";
  }
}
