package dev.mneme.memory.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextMergeTest {
  @Test
  void changesOfDifferentLinesAreBothKept() {
    assertThat(TextMerge.merge("a\nb\nc", "A\nb\nc", "a\nb\nC")).contains("A\nb\nC");
  }

  @Test
  void changesOfNeighbouringLinesAreBothKept() {
    assertThat(TextMerge.merge("a\nb", "A\nb", "a\nB")).contains("A\nB");
  }

  @Test
  void anOlderAppendIsTakenBackFromUnderALaterOne() {
    assertThat(TextMerge.merge("x\nA", "x\nA\nB", "x")).contains("x\nB");
  }

  @Test
  void changesOfDifferentWordsOfOneLineAreBothKept() {
    assertThat(
            TextMerge.merge(
                "likes red wine and jazz", "likes white wine and jazz", "likes red wine and blues"))
        .contains("likes white wine and blues");
  }

  @Test
  void changesOfTheSameWordAreAConflict() {
    assertThat(TextMerge.merge("likes red wine", "likes white wine", "likes rosé wine")).isEmpty();
  }

  @Test
  void wordsThatTouchAreAConflict() {
    assertThat(TextMerge.merge("a-b", "x-b", "a-y")).contains("x-y");
    assertThat(TextMerge.merge("a-b", "x-b", "a+b")).isEmpty();
  }

  @Test
  void twoInsertionsAtOnePlaceAreAConflict() {
    assertThat(TextMerge.merge("a\nb", "a\nX\nb", "a\nY\nb")).isEmpty();
    assertThat(TextMerge.merge("a\nb", "a\nX\nb", "a\nX\nb")).contains("a\nX\nb");
  }

  @Test
  void removingWhatTheOtherSideChangedIsAConflict() {
    assertThat(TextMerge.merge("a\nb\nc", "a\nc", "a\nB\nc")).isEmpty();
  }

  @Test
  void editsOfSeparateLinesAlwaysMergeToBoth() {
    Random random = new Random(20_261_122);
    for (int round = 0; round < 3_000; round++) {
      int size = 2 + random.nextInt(12);
      List<String> base = new ArrayList<>();
      List<String> ours = new ArrayList<>();
      List<String> theirs = new ArrayList<>();
      List<String> both = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        String line = "line " + i;
        String changed = line + " changed " + random.nextInt(100);
        base.add(line);
        int who = random.nextInt(3);
        ours.add(who == 0 ? changed : line);
        theirs.add(who == 1 ? changed : line);
        both.add(who < 2 ? changed : line);
      }
      assertThat(TextMerge.merge(Lines.join(base), Lines.join(ours), Lines.join(theirs)))
          .as("round %d", round)
          .contains(Lines.join(both));
    }
  }

  @Test
  void aMergeIsTheSameFromBothSidesAndWithNothingIsNothing() {
    Random random = new Random(7);
    int merged = 0;
    for (int round = 0; round < 5_000; round++) {
      String base = TestingTexts.text(random, 8);
      String ours = TestingTexts.edited(random, base);
      String theirs = TestingTexts.edited(random, base);
      assertThat(TextMerge.merge(base, ours, theirs))
          .as("round %d", round)
          .isEqualTo(TextMerge.merge(base, theirs, ours));
      assertThat(TextMerge.merge(base, ours, base)).contains(ours);
      assertThat(TextMerge.merge(base, base, theirs)).contains(theirs);
      merged += TextMerge.merge(base, ours, theirs).isPresent() ? 1 : 0;
    }
    assertThat(merged).isGreaterThan(1_000);
  }

  @Test
  void hugeAndEntirelyDifferentTextsCostLittle() {
    Random random = new Random(3);
    StringBuilder base = new StringBuilder();
    StringBuilder ours = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      base.append(random.nextInt()).append('\n');
      ours.append(random.nextInt()).append('\n');
    }
    long start = System.nanoTime();
    String theirs = ours.reverse().toString();
    assertThat(TextMerge.merge(base.toString(), ours.reverse().toString(), theirs)).isEmpty();
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }
}
