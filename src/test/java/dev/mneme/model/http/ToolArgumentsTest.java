package dev.mneme.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Json;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolArgumentsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "``|{}",
        "null|{}",
        "{\"a\":1}|{\"a\":1}",
        "\"{\\\"a\\\":1}\"|{\"a\":1}",
        "{'a': 'it\\'s', 'b': True, 'c': None,}|{\"a\":\"it's\",\"b\":true,\"c\":null}",
        "{\"a\": [1, 2, {\"b\": 3|{\"a\":[1,2,{\"b\":3}]}",
        "{a: 1}|{\"a\":1}",
        "{\"True\": \"None\"|{\"True\":\"None\"}",
      })
  void whatIsClearIsRepaired(String written, String expected) {
    assertThat(ToolArguments.repaired(written)).isEqualTo(expected);
  }

  @Test
  void fencesAreTakenOff() {
    assertThat(ToolArguments.repaired("```json\n{\"a\": 1}\n```")).isEqualTo("{\"a\":1}");
    assertThat(ToolArguments.repaired("```\n{\"a\": 1}")).isEqualTo("{\"a\":1}");
  }

  @Test
  void lineBreaksInTextsAreKept() {
    assertThat(ToolArguments.repaired("{\"a\": \"x\ny\"}")).isEqualTo("{\"a\":\"x\\ny\"}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"a\": \"unfinished",
        "[1, 2]",
        "hello",
        "{\"a\": }",
        "{\"a\": 1}}",
        "{\"a\" 1}",
        "5",
        "\"text\"",
        "{\"a\": 1} and more",
      })
  void whatIsNotClearStaysAsItIs(String written) {
    assertThat(ToolArguments.repaired(written)).isEqualTo(written);
  }

  @Test
  void noTextBreaksIt() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String letters = "{}[]\"'\\:,abT1 \n`N";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(i % 2 == 0 ? "{" : "");
      for (int j = random.nextInt(12); j > 0; j--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      String repaired = ToolArguments.repaired(text.toString());
      if (!repaired.contentEquals(text)) {
        assertThat(Json.parse(repaired).isObject()).as("seed %d: %s", seed, text).isTrue();
      }
    }
  }
}
