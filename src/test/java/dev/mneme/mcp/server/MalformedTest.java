package dev.mneme.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever bytes arrive, the answer is a small JSON-RPC error and no tool runs. */
class MalformedTest {
  private static final String VALID =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
          + "\"arguments\":{\"a\":[1,2,{\"b\":\"ü\"}]}}}";

  private final TestingCatalog catalog = new TestingCatalog();
  private final TestingMcp mcp =
      new TestingMcp(catalog.catalog(), new FrontLimits(100_000, 64, 8, 8, Duration.ofMinutes(10)));

  @AfterEach
  void stop() {
    mcp.close();
  }

  @Test
  void hundredsOfMalformedBodiesAreRefusedOneByOne() throws Exception {
    String session = mcp.session();
    List<byte[]> bodies = handMade();
    bodies.addAll(cutShort());
    bodies.addAll(withABadByte());
    assertThat(bodies).hasSizeGreaterThan(150);
    for (byte[] body : bodies) {
      HttpResponse<String> answer =
          mcp.send(Optional.of(session), HttpRequest.BodyPublishers.ofByteArray(body));
      String shown = new String(body, 0, Math.min(80, body.length), StandardCharsets.ISO_8859_1);
      assertThat(answer.statusCode()).as(shown).isIn(400, 413);
      assertThat(answer.body()).as(shown).hasSizeLessThan(1_000).doesNotContain("Exception");
      JsonNode error = TestingMcp.message(answer).path("error");
      assertThat(error.path("code").asInt()).as(shown).isIn(-32700, -32600, -32602, -32601);
      assertThat(error.path("message").asText()).as(shown).isNotBlank();
    }
    assertThat(catalog.calls).hasValue(0);
    assertThat(mcp.call(session, VALID).at("/result/structuredContent/a/2/b").asText())
        .isEqualTo("ü");
  }

  private static List<byte[]> handMade() {
    List<String> texts =
        List.of(
            "",
            " ",
            "null",
            "true",
            "7",
            "\"text\"",
            "[]",
            "[" + VALID + "]",
            "{}",
            "{\"jsonrpc\":\"2.0\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1}",
            VALID.replace("\"2.0\"", "\"1.0\""),
            VALID.replace("\"2.0\"", "2.0"),
            VALID.replace("\"jsonrpc\":\"2.0\",", ""),
            VALID.replace("\"id\":1", "\"id\":null"),
            VALID.replace("\"id\":1", "\"id\":1.5"),
            VALID.replace("\"id\":1", "\"id\":true"),
            VALID.replace("\"id\":1", "\"id\":[1]"),
            VALID.replace("\"id\":1", "\"id\":99999999999999999999"),
            VALID.replace("\"id\":1", "\"id\":\"" + "i".repeat(201) + "\""),
            VALID.replace("\"tools/call\"", "7"),
            VALID.replace("\"tools/call\"", "\"\""),
            VALID.replace("\"tools/call\"", "null"),
            VALID.replace("\"tools/call\"", "\"" + "m".repeat(300) + "\""),
            VALID.replaceFirst("\"params\":.*", "\"params\":[1]}"),
            VALID.replaceFirst("\"params\":.*", "\"params\":\"x\"}"),
            VALID.replaceFirst("\"params\":.*", "\"params\":null}"),
            VALID.replace("\"id\":1", "\"id\":1,\"id\":2"),
            VALID.replace("\"method\"", "\"method\":\"ping\",\"method\""),
            VALID.replace("\"name\"", "\"name\":\"wait\",\"name\""),
            VALID + VALID,
            VALID + "x",
            VALID.replace("[1,2", "[01,2"),
            VALID.replace("[1,2", "[NaN,2"),
            VALID.replace("[1,2", "[1,,2"),
            VALID.replace('"', '\''),
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}",
            "{\"jsonrpc\":\"2.0\",\"result\":{}}",
            "[".repeat(50_000),
            "{\"a\":".repeat(20_000),
            VALID.replace("[1,2", "[".repeat(70) + "]".repeat(69) + ",[1,2"),
            VALID.replace("[1,2", "[" + "9".repeat(5_000) + ",2"),
            VALID.replace("\"b\"", "\"" + "k".repeat(60_000) + "\""),
            "x".repeat(100_001),
            VALID + " ".repeat(100_000));
    List<byte[]> bodies = new ArrayList<>();
    texts.forEach(text -> bodies.add(text.getBytes(StandardCharsets.UTF_8)));
    bodies.add(VALID.getBytes(StandardCharsets.UTF_16));
    bodies.add(VALID.getBytes(StandardCharsets.UTF_16LE));
    bodies.add(VALID.getBytes(StandardCharsets.UTF_16BE));
    bodies.add(VALID.getBytes(StandardCharsets.ISO_8859_1));
    return bodies;
  }

  private static List<byte[]> cutShort() {
    byte[] valid = VALID.getBytes(StandardCharsets.UTF_8);
    List<byte[]> bodies = new ArrayList<>();
    for (int length = 1; length < valid.length; length++) {
      bodies.add(Arrays.copyOf(valid, length));
    }
    return bodies;
  }

  /** None of these bytes can be in UTF-8, wherever it stands. */
  private static List<byte[]> withABadByte() {
    Random random = new Random(20261122);
    int[] bad = {0xc0, 0xc1, 0xf5, 0xff, 0x00, 0x80};
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] body = VALID.replace("ü", "u").getBytes(StandardCharsets.UTF_8);
      body[random.nextInt(body.length)] = (byte) bad[i % bad.length];
      bodies.add(body);
    }
    return bodies;
  }
}
