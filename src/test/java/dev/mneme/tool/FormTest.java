package dev.mneme.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as an answer to a form, and which forms nobody is shown. */
class FormTest {
  private static Form form(String message, String field) {
    String schema = "{'type': 'object', 'properties': {'x': " + field + "}, 'required': []}";
    return new Form("Code", message, (ObjectNode) Json.parse(schema.replace('\'', '"')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type': 'string'} | 'a' | 1",
        "{'type': 'string', 'maxLength': 2} | 'ab' | 'abc'",
        "{'type': 'string', 'enum': ['a', 'b']} | 'b' | 'c'",
        "{'type': 'string', 'oneOf': [{'const': 'a', 'title': 'Ah'}]} | 'a' | 'Ah'",
        "{'type': 'integer', 'minimum': 1, 'maximum': 3} | 3 | 4",
        "{'type': 'integer'} | 2.0 | 2.5",
        "{'type': 'number'} | 2.5 | true",
        "{'type': 'boolean'} | false | 'false'",
        "{'type': 'array', 'items': {'type': 'string', 'enum': ['a', 'b']}} | ['a'] | ['a', 'c']",
        "{'type': 'array', 'items': {'anyOf': [{'const': 'a', 'title': 'Ah'}]}} | ['a'] | [1]",
        "{'type': 'array', 'items': {'type': 'string'}, 'maxItems': 1} | ['a'] | ['a', 'b']"
      })
  void anAnswerFitsItsFieldsOrIsNone(String field, String right, String wrong) {
    assertThat(form("Which?", field).content(Json.parse(given(right)))).isPresent();
    assertThat(form("Which?", field).content(Json.parse(given(wrong)))).isEmpty();
  }

  private static String given(String value) {
    return ("{'x': " + value + ", 'more': 1}").replace('\'', '"');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'string', 'format': 'password'}",
        "{'type': 'string', 'title': 'API key'}",
        "{'type': 'string', 'description': 'The PIN of your card'}"
      })
  void aFieldForASecretIsKnown(String field) {
    assertThat(form("Which?", field).wantsSecret()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"Enter your password, true", "How many tokens are left?, false"})
  void aTextThatAsksForASecretIsKnown(String message, boolean secret) {
    assertThat(form(message, "{'type': 'string'}").wantsSecret()).isEqualTo(secret);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'type': 'object'}", "{'$ref': 'http://x.example'}", "{}"})
  void whatNotEveryClientCanShowIsNotPlain(String field) {
    assertThat(form("Which?", field).isPlain()).isFalse();
  }
}
