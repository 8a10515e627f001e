package dev.mneme.mcp.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Arguments that go as headers too. */
class ParamHeadersTest {
  private static JsonNode schema(String properties) {
    return Json.parse("{\"type\":\"object\",\"properties\":" + properties + "}");
  }

  @Test
  void argumentsBecomeHeadersAlsoInsideOthersAndWhatAHeaderCannotHoldIsEncoded() {
    JsonNode schema =
        schema(
            "{\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"},"
                + "\"count\":{\"type\":\"integer\",\"x-mcp-header\":\"Count\"},"
                + "\"gone\":{\"type\":\"boolean\",\"x-mcp-header\":\"Gone\"},"
                + "\"in\":{\"type\":\"object\",\"properties\":"
                + "{\"deep\":{\"type\":\"string\",\"x-mcp-header\":\"Deep\"}}}}");
    assertThat(ParamHeaders.problem(schema)).isEmpty();
    ObjectNode arguments =
        (ObjectNode)
            Json.parse(
                "{\"region\":\"west 1\",\"count\":42.0,\"gone\":null,\"in\":{\"deep\":\" é\"}}");
    assertThat(ParamHeaders.of(schema).headers(arguments))
        .isEqualTo(
            Map.of(
                "mcp-param-Region", "west 1",
                "mcp-param-Count", "42",
                "mcp-param-Deep", "=?base64?IMOp?="));
  }

  @Test
  void aValueThatLooksEncodedIsEncodedSoThatItComesBackAsItWas() {
    assertThat(HeaderValue.of("=?base64?x?=")).isEqualTo("=?base64?PT9iYXNlNjQ/eD89?=");
    assertThat(HeaderValue.of("")).isEmpty();
  }

  @Test
  void aSchemaThatCannotBeFollowedIsToldApart() {
    assertThat(ParamHeaders.problem(schema("{\"a\":{\"type\":\"number\",\"x-mcp-header\":\"A\"}}")))
        .isPresent();
    assertThat(
            ParamHeaders.problem(
                schema("{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\\r\\nB: c\"}}")))
        .isPresent();
    assertThat(
            ParamHeaders.problem(
                schema(
                    "{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"Same\"},"
                        + "\"b\":{\"type\":\"string\",\"x-mcp-header\":\"same\"}}")))
        .isPresent();
  }
}
