package dev.mneme.mcp.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest {
  private static ObjectNode tool(String rest) {
    return (ObjectNode)
        Json.parse("{\"name\": \"t\", \"inputSchema\": {\"type\": \"object\"}" + rest + "}");
  }

  @Test
  void theOrderOfKeysIsNoChange() {
    ObjectNode one =
        (ObjectNode)
            Json.parse("{\"name\": \"t\", \"inputSchema\": {\"type\": \"object\", \"x\": 1}}");
    ObjectNode other =
        (ObjectNode)
            Json.parse("{\"inputSchema\": {\"x\": 1, \"type\": \"object\"}, \"name\": \"t\"}");
    assertThat(Definition.of(one)).isEqualTo(Definition.of(other));
    assertThat(Definition.parse(Json.write(Definition.of(one).json())))
        .isEqualTo(Definition.of(one));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ", \"description\": \"x\"",
        ", \"title\": \"x\"",
        ", \"annotations\": {\"readOnlyHint\": true}",
        ", \"outputSchema\": {\"type\": \"object\"}"
      })
  void allThatAModelCouldReadIsPartOfIt(String more) {
    assertThat(Definition.of(tool(more)).sha256()).isNotEqualTo(Definition.of(tool("")).sha256());
  }

  @Test
  void whatCannotBeOfferedIsSaid() {
    assertThat(Definition.problem(tool(""))).isEmpty();
    assertThat(Definition.problem((ObjectNode) Json.parse("{\"name\": \"t\"}"))).isPresent();
    assertThat(
            Definition.problem(
                (ObjectNode) Json.parse("{\"inputSchema\": {\"type\": \"object\"}}")))
        .isPresent();
    assertThat(Definition.problem(tool(", \"description\": \"" + "x".repeat(30_000) + "\"")))
        .isPresent();
    String deep = "{\"a\":".repeat(60) + "1" + "}".repeat(60);
    assertThat(Definition.problem(tool(", \"outputSchema\": " + deep)).orElseThrow())
        .contains("nested");
    ObjectNode far =
        (ObjectNode)
            Json.parse(
                "{\"name\": \"t\", \"inputSchema\": {\"type\": \"object\", \"properties\": {\"a\":"
                    + " {\"$ref\": \"https://example.com/s\"}}}}");
    assertThat(Definition.problem(far).orElseThrow()).contains("not fetched");
  }
}
