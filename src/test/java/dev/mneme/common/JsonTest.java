package dev.mneme.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":1,\"b\":[true,null,\"x\",2.5,12345678901,{}],\"c\":{\"d\":[]}}",
        "[1,\"two\",null]",
        "\"text\"",
        "null"
      })
  void aTreeInPlainValuesIsWrittenAsTheTreeIs(String text) {
    Object plain = Json.plain(Json.parse(text));

    assertThat(plain == null ? "null" : Json.write(plain)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[\"a\",\"b c\"]"})
  void listsOfTextsComeBackInOrder(String text) {
    assertThat(Json.write(Json.parseStrings(text))).isEqualTo(text);
  }

  @Test
  void anObjectCanBeChangedByWhoeverReadIt() {
    Map<String, Object> fields = Json.parseObject("{}");
    fields.put("a", 1);

    assertThat(fields).containsExactly(Map.entry("a", 1));
  }
}
