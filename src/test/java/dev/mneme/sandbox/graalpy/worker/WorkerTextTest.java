package dev.mneme.sandbox.graalpy.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker's own JSON and output, checked against the server's. */
class WorkerTextTest {
  @Test
  void whatTheServerWritesTheWorkerReads() {
    long seed = 20261122;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      String text = randomText(random);
      Map<String, Object> message =
          Map.of("type", "call", text + "k", text, "number", random.nextLong(), "flag", true);
      assertThat(JsonReader.read(Json.write(message)))
          .as("seed %s round %s", seed, round)
          .isEqualTo(message);
    }
  }

  @Test
  void whatTheWorkerWritesTheServerReads() {
    long seed = 20261123;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      String text = randomText(random);
      byte[] line = new JsonLine("result").put("text", text).put("n", (long) round).bytes();
      String read = new String(line, StandardCharsets.UTF_8);
      assertThat(read).endsWith("}\n").containsOnlyOnce("\n");
      assertThat(Json.parse(read.strip()).get("text").textValue())
          .as("seed %s round %s", seed, round)
          .isEqualTo(text);
    }
  }

  @Test
  void halfACharacterBecomesTheReplacementCharacter() {
    String line =
        new String(
            new JsonLine("log").put("m", "a\uD83Db\uDE00\uD83D\uDE00").bytes(),
            StandardCharsets.UTF_8);
    assertThat(Json.parse(line.strip()).get("m").textValue())
        .isEqualTo("a\uFFFDb\uFFFD\uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"a\"}",
        "{\"a\":1,}",
        "{\"a\":{}}",
        "{\"a\":1.5}",
        "{\"a\":\"x}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1} x"
      })
  void whatIsNotAFlatObjectIsRefused(String text) {
    assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void outputIsKeptUpToItsLimitInWholeCharacters() throws IOException {
    GuestOutput output = new GuestOutput();
    output.begin(6);
    output.out().write("ab☃".getBytes(StandardCharsets.UTF_8));
    byte[] snowman = "☃".getBytes(StandardCharsets.UTF_8);
    output.err().write(snowman, 0, 2);
    assertThat(output.takeErr()).isEmpty();
    output.err().write(snowman, 2, 1);
    assertThat(output.takeErr()).isEqualTo("☃");
    output.out().write("cdef☃g".getBytes(StandardCharsets.UTF_8));
    assertThat(output.takeOut()).isEqualTo("ab☃cd");
    assertThat(output.dropped()).isEqualTo(4);
    output.begin(1);
    assertThat(output.takeOut()).isEmpty();
    assertThat(output.dropped()).isZero();
  }

  @Test
  void linesFromTheServerAreBounded() throws IOException {
    BoundedLines lines =
        new BoundedLines(
            new ByteArrayInputStream("one\ntoo long".getBytes(StandardCharsets.UTF_8)), 5);
    assertThat(lines.next()).hasValue("one");
    assertThatThrownBy(lines::next).isInstanceOf(IOException.class);
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      int kind = random.nextInt(4);
      int c =
          switch (kind) {
            case 0 -> random.nextInt(0x20);
            case 1 -> "\"\\/\u2028\u007f".charAt(random.nextInt(5));
            case 2 -> 0x1F600 + random.nextInt(50);
            default -> 0x20 + random.nextInt(0x300);
          };
      text.appendCodePoint(c);
    }
    return text.toString();
  }
}
