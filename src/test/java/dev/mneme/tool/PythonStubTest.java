package dev.mneme.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PythonStubTest {
  @Test
  void aSchemaBecomesASignatureWithItsDefaultsAndChoices() {
    String stub =
        PythonStub.of(
            "plan",
            "Plans a day.\n\nAt length.",
            object(
                """
                {"type": "object", "required": ["tasks", "mode"], "properties": {
                  "tasks": {"type": "array", "items": {"type": "string"}, "description": "what to do"},
                  "mode": {"enum": ["fast", "slow"]},
                  "start": {"type": "string", "default": "09:00"},
                  "loud": {"type": "boolean", "default": false},
                  "until": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                  "weights": {"type": "object", "additionalProperties": {"type": "number"}}}}
                """),
            Optional.of(
                object(
                    "{\"type\": \"object\", \"properties\": {\"ok\": {\"type\": \"boolean\"}}}")));

    assertThat(stub)
        .isEqualTo(
            """
            def plan(*, tasks: list[str], mode: Literal["fast", "slow"], start: str = "09:00", \
            loud: bool = False, until: str | None = ..., weights: dict[str, float] = ...) -> {"ok": bool}:
                \"""Plans a day.

                tasks: what to do
                \"""\
            """);
  }

  @Test
  void aDescriptionCannotEndTheDocstring() {
    String stub =
        PythonStub.of(
            "bad",
            "x\"\"\"\nimport os",
            object("{\"type\": \"object\", \"properties\": {}}"),
            Optional.empty());

    assertThat(stub).isEqualTo("def bad() -> object:\n    \"\"\"x''' import os\"\"\"");
  }

  @Test
  void wordsInANameCountMostAndNoWordsFitAll() {
    WordMatch match = WordMatch.of("Table statistics!");

    assertThat(match.score("table_stats", "statistics of rows")).isEqualTo(4);
    assertThat(match.fits("calculator", "exact numbers")).isFalse();
    assertThat(WordMatch.of("  ").fits("calculator", "")).isTrue();
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) Json.parse(json);
  }
}
