package dev.mneme.memory.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.mneme.common.MnemeException;
import dev.mneme.memory.text.Lines;
import dev.mneme.memory.text.TestingTexts;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ApplyPatchTest {
  private static String patched(String value, String patch) {
    return ((PatchStep.Update) new ApplyPatch("human", patch).steps().getFirst()).apply(value);
  }

  @Test
  void linesAreReplacedWhereTheirContextStands() {
    assertThat(patched("a\nb\nc\nd", " b\n-c\n+C")).isEqualTo("a\nb\nC\nd");
    assertThat(patched("a\nb\nc\nd", "@@\n-a\n+A\n@@ d\n c\n-d")).isEqualTo("A\nb\nc");
  }

  @Test
  void aHunkOfNewLinesOnlyIsAppended() {
    assertThat(patched("a", "+b\n+c")).isEqualTo("a\nb\nc");
    assertThat(patched("", "+b")).isEqualTo("b");
  }

  @Test
  void theHeaderOfADiffProgramIsSkipped() {
    assertThat(patched("a\nb", "--- old\n+++ new\n@@ -1,2 +1,2 @@\n a\n-b\n+B")).isEqualTo("a\nB");
  }

  @Test
  void aLineThatBeginsWithDashesCanBeRemoved() {
    assertThat(patched("-- x\na", "--- x\n+y\n a")).isEqualTo("y\na");
  }

  @Test
  void contextThatIsMissingOrStandsTwiceIsRefusedWithItsLines() {
    assertThatThrownBy(() -> patched("a", "-z\n+y"))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("patch_context_not_found"));
    assertThatThrownBy(() -> patched("a\nb\na", "-a\n+y"))
        .isInstanceOfSatisfying(
            MnemeException.class,
            e -> {
              assertThat(e.code()).isEqualTo("patch_context_ambiguous");
              assertThat(e.details()).containsEntry("lines", List.of(1, 3));
            });
  }

  @Test
  void whatIsNoPatchIsRefused() {
    for (String patch : List.of("", "hello", " a", "*** Update Block: human\n", "*** Add Block:")) {
      assertThatThrownBy(() -> new ApplyPatch("human", patch).steps())
          .as(patch)
          .isInstanceOfSatisfying(
              MnemeException.class, e -> assertThat(e.code()).isEqualTo("invalid_patch"));
    }
  }

  @Test
  void headersNameSeveralBlocks() {
    String patch =
        """
        *** Begin Patch
        *** Add Block: project
        Description: What we build.
        +Mneme
        +a server
        *** Update Block: human
        *** Move to: person
        @@
        -a
        +b
        *** Update Block: old
        *** Move to: new
        *** Delete Block: junk
        *** End Patch
        """;
    List<PatchStep> steps = new ApplyPatch("ignored", patch).steps();
    assertThat(steps)
        .containsExactly(
            new PatchStep.Add("project", Optional.of("What we build."), "Mneme\na server"),
            new PatchStep.Update(
                "human", Optional.of("person"), List.of(new Hunk(List.of("a"), List.of("b")))),
            new PatchStep.Update("old", Optional.of("new"), List.of()),
            new PatchStep.Delete("junk"));
  }

  @Test
  void theDifferenceOfTwoTextsAppliedToTheFirstGivesTheSecond() {
    Random random = new Random(99);
    int applied = 0;
    for (int round = 0; round < 3_000; round++) {
      String from = TestingTexts.text(random, 12);
      String to = TestingTexts.edited(random, from);
      if (from.equals(to) || from.isEmpty()) {
        continue;
      }
      List<String> lines = Lines.of(from);
      // Whole context, as small context may be ambiguous by right.
      List<String> diff =
          UnifiedDiffUtils.generateUnifiedDiff(
              "a", "b", lines, DiffUtils.diff(lines, Lines.of(to)), lines.size());
      assertThat(patched(from, String.join("\n", diff) + "\n"))
          .as("round %d: %s", round, diff)
          .isEqualTo(to);
      applied++;
    }
    assertThat(applied).isGreaterThan(2_000);
  }
}
