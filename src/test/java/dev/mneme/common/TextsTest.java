package dev.mneme.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextsTest {
  @Test
  void whatFitsStaysWhole() {
    assertThat(Texts.head("abc", 3)).isEqualTo("abc");
    assertThat(Texts.shorten("abc", 3)).isEqualTo("abc");
    assertThat(Texts.head("", 0)).isEmpty();
  }

  @Test
  void whatIsCutSaysSo() {
    assertThat(Texts.head("abcd", 3)).isEqualTo("abc");
    assertThat(Texts.shorten("abcd", 3)).isEqualTo("abc…");
    assertThat(Texts.head("abcd", 0)).isEmpty();
  }

  @Test
  void noCharacterIsCutInHalf() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(20); k > 0; k--) {
        text.appendCodePoint(random.nextBoolean() ? 'a' : 0x1F600 + random.nextInt(50));
      }
      String head = Texts.head(text.toString(), random.nextInt(20));
      String back = new String(head.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      assertThat(back).as("seed " + seed).isEqualTo(head);
      assertThat(text.toString()).startsWith(head);
    }
  }
}
