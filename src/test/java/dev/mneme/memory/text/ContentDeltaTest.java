package dev.mneme.memory.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentDeltaTest {
  @Test
  void everyDeltaGivesTheTextBackAndSurvivesUtf8() {
    Random random = new Random(11);
    int deltas = 0;
    for (int round = 0; round < 3_000; round++) {
      String base = TestingTexts.text(random, 40);
      String text = TestingTexts.edited(random, base);
      Optional<String> delta = ContentDelta.encode(base, text);
      if (delta.isPresent()) {
        deltas++;
        String stored =
            new String(delta.get().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(ContentDelta.apply(base, stored)).as("round %d", round).isEqualTo(text);
      }
    }
    assertThat(deltas).isGreaterThan(500);
  }

  @Test
  void aChangedEmojiIsNotCutInHalf() {
    String same = "x".repeat(100);
    String base = same + "😀" + same;
    String text = same + "😁" + same;
    String delta = ContentDelta.encode(base, text).orElseThrow();
    assertThat(delta).contains("😁");
    assertThat(ContentDelta.apply(base, delta)).isEqualTo(text);
  }

  @Test
  void aTextThatChangedALotIsNotADelta() {
    assertThat(ContentDelta.encode("abc", "something else")).isEmpty();
  }
}
