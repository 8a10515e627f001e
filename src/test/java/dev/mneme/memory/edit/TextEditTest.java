package dev.mneme.memory.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.MnemeException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TextEditTest {
  @Test
  void appendAddsALineBreakAndTheContent() {
    assertThat(new TextEdit.Append("human", "b").apply("a")).isEqualTo("a\nb");
    assertThat(new TextEdit.Append("human", "b").apply("")).isEqualTo("\nb");
  }

  @Test
  void coreReplaceReplacesEveryOccurrence() {
    assertThat(new TextEdit.ReplaceAll("human", "a", "x").apply("a b a")).isEqualTo("x b x");
    refused("old_string_not_found", () -> new TextEdit.ReplaceAll("human", "z", "x").apply("a"));
    refused("old_string_empty", () -> new TextEdit.ReplaceAll("human", "", "x").apply("a"));
  }

  @Test
  void replaceTakesExactlyOneOccurrence() {
    assertThat(new TextEdit.ReplaceOnce("human", "b", "x").apply("a b c")).isEqualTo("a x c");
    refused("old_string_not_found", () -> new TextEdit.ReplaceOnce("human", "z", "x").apply("a"));
    refused("old_string_empty", () -> new TextEdit.ReplaceOnce("human", "", "x").apply("a"));
    assertThatThrownBy(() -> new TextEdit.ReplaceOnce("human", "a", "x").apply("a\nb\na a"))
        .isInstanceOfSatisfying(
            MnemeException.class,
            e -> {
              assertThat(e.code()).isEqualTo("old_string_ambiguous");
              assertThat(e.details()).isEqualTo(Map.of("lines", List.of(1, 3, 3)));
              assertThat(e.message()).contains("[1, 3, 3]").contains("human");
            });
  }

  @Test
  void anOccurrenceOverSeveralLinesIsNamedByItsFirst() {
    assertThatThrownBy(() -> new TextEdit.ReplaceOnce("human", "a\nb", "x").apply("a\nb\na\nb"))
        .isInstanceOfSatisfying(
            MnemeException.class,
            e -> assertThat(e.details()).containsEntry("lines", List.of(1, 3)));
  }

  @Test
  void tabsAreExpandedToColumnsOfEight() {
    assertThat(new TextEdit.ReplaceOnce("human", "b\tc", "x").apply("a\n\tb\tc"))
        .isEqualTo("a\n        x");
    assertThat(Tabs.expand("a\tb\n\tc\r\td")).isEqualTo("a       b\n        c\r        d");
  }

  @Test
  void insertPutsLinesAfterALine() {
    assertThat(new TextEdit.Insert("human", "x", 0).apply("a\nb")).isEqualTo("x\na\nb");
    assertThat(new TextEdit.Insert("human", "x", 1).apply("a\nb")).isEqualTo("a\nx\nb");
    assertThat(new TextEdit.Insert("human", "x\ny", -1).apply("a\nb")).isEqualTo("a\nb\nx\ny");
    assertThat(new TextEdit.Insert("human", "x", -1).apply("")).isEqualTo("x");
    refused("line_out_of_range", () -> new TextEdit.Insert("human", "x", 3).apply("a\nb"));
    refused("line_out_of_range", () -> new TextEdit.Insert("human", "x", -2).apply("a\nb"));
  }

  @Test
  void textWithLineNumbersIsRefused() {
    refused("line_numbers_in_text", () -> new TextEdit.Insert("human", "12→ x", 0).apply(""));
    refused("line_numbers_in_text", () -> new TextEdit.Rethink("human", "a\n 2→b").apply(""));
    refused(
        "line_numbers_in_text", () -> new TextEdit.ReplaceOnce("human", "1→ a", "b").apply("a"));
    refused(
        "line_numbers_in_text",
        () -> new TextEdit.ReplaceOnce("human", "a", LineNumbers.NOTE).apply("a"));
    assertThat(new TextEdit.Rethink("human", "Java 8 → 25").apply("")).isEqualTo("Java 8 → 25");
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(MnemeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
