package dev.mneme.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {
  @Test
  void cutsAnyTextAtItsLineEndsHoweverItArrives() throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 50; round++) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        expected.add("x".repeat(random.nextInt(i % 7 == 0 ? 100_000 : 40)) + "\n");
      }
      Lines lines = new Lines(inPieces(String.join("", expected), random), 1 << 20);

      assertThat(rest(lines)).isEqualTo(expected);
    }
  }

  @Test
  void givesAnUnfinishedLastLineItsEnd() throws IOException {
    assertThat(rest(new Lines(inPieces("a\nb", new Random(1)), 100))).containsExactly("a\n", "b\n");
  }

  @Test
  void keepsTheBeginningOfALineThatIsTooLongAndGoesOnAfterIt() throws IOException {
    String text = "first\n{\"id\":7," + "y".repeat(200_000) + "\nlast\n";
    Lines lines = new Lines(inPieces(text, new Random(3)), 50_000);

    assertThat(lines.next()).asString().isEqualTo("first\n");
    byte[] beginning = lines.next();
    assertThat(lines.wasTooLong()).isTrue();
    assertThat(RawObject.of(beginning).raw("id")).isEqualTo("7");
    assertThat(lines.next()).asString().isEqualTo("last\n");
    assertThat(lines.wasTooLong()).isFalse();
    assertThat(lines.next()).isNull();
  }

  private static List<String> rest(Lines lines) throws IOException {
    List<String> all = new ArrayList<>();
    byte[] line;
    while ((line = lines.next()) != null) {
      all.add(new String(line, StandardCharsets.UTF_8));
    }
    return all;
  }

  private static InputStream inPieces(String text, Random random) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] into, int at, int length) {
        return super.read(into, at, Math.min(length, 1 + random.nextInt(5_000)));
      }
    };
  }
}
