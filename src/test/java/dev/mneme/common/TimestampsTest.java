package dev.mneme.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Test
  void everyMomentIsWrittenAsTheGeneralFormatterWouldAndComesBack() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long first = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    for (int i = 0; i < 20_000; i++) {
      Instant moment = Instant.ofEpochMilli(random.nextLong(first, last + 1));

      String text = Timestamps.text(moment);

      assertThat(text).as("seed %d", seed).isEqualTo(FORM.format(moment));
      assertThat(Timestamps.parse(text)).as("seed %d", seed).isEqualTo(moment);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-01-02T03:04:05Z", "2026-01-02T03:04:05.123456Z", "2026-01-02T03:04:05.1Z"})
  void otherWidthsAreReadToo(String text) {
    assertThat(Timestamps.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2026-01-02T03:04:05.0000", "2026-13-02T03:04:05.000Z"})
  void whatIsNoMomentIsRefused(String text) {
    assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void momentsOutsideTheYearsOneToNineThousandAreMovedToTheirEdge() {
    assertThat(Timestamps.text(Instant.MIN)).isEqualTo("0001-01-01T00:00:00.000Z");
    assertThat(Timestamps.text(Instant.MAX)).isEqualTo("9999-12-31T23:59:59.999Z");
    assertThatThrownBy(() -> Timestamps.parse("x".repeat(24)))
        .isInstanceOf(DateTimeParseException.class);
  }
}
