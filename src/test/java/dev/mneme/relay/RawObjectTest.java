package dev.mneme.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RawObjectTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String[] AWKWARD = {
    "", "id", "a\"b", "\\", "\\\"", "{", "}", "[", "]", ",", ":", "é", "日本", "\u0000", "\n", "𝄞"
  };

  @Test
  void findsEveryMemberOfAnyObjectAsJacksonDoes() {
    long seed = 20261122;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      ObjectNode object = object(random, 4);
      String text =
          random.nextBoolean() ? Json.write(object) : object.toPrettyString().replace("\n", "\r\n");
      RawObject raw = RawObject.of(text);
      object
          .properties()
          .forEach(member -> {
            String value = raw.raw(member.getKey());
            assertThat(value).as("seed %d, %s", seed, text).isNotNull();
            assertThat(Json.parse(value)).isEqualTo(member.getValue());
            if (member.getValue().isTextual()) {
              assertThat(raw.string(member.getKey())).isEqualTo(member.getValue().textValue());
            }
          });
    }
  }

  @Test
  void neverFailsOnWhatIsNoObject() {
    Random random = new Random(7);
    byte[] alphabet = "{}[]\":,\\un e1\n\u00e9".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] text = new byte[random.nextInt(30)];
      for (int i = 0; i < text.length; i++) {
        text[i] = alphabet[random.nextInt(alphabet.length)];
      }
      RawObject raw = RawObject.of(text);
      assertThat(raw.string("e") == null || raw.has("e")).isTrue();
    }
  }

  @Test
  void readsTheMembersBeforeTheTextEnds() {
    RawObject raw = RawObject.of("{\"id\": 7, \"method\":\"tools/call\",\"params\":{\"x\":\"abc");

    assertThat(raw.raw("id")).isEqualTo("7");
    assertThat(raw.string("method")).isEqualTo("tools/call");
    assertThat(raw.has("params")).isFalse();
  }

  @Test
  void understandsEscapedNamesAndIgnoresNestedOnes() {
    RawObject raw = RawObject.of("{\"params\":{\"id\":1},\"\\u0069d\":\"a\\\"b\"}");

    assertThat(raw.string("id")).isEqualTo("a\"b");
    assertThat(raw.object("params").raw("id")).isEqualTo("1");
  }

  @Test
  void quotesWhatJacksonReadsBack() {
    for (String text : AWKWARD) {
      assertThat(Json.parse(RawObject.quote(text)).textValue()).isEqualTo(text);
    }
  }

  private static ObjectNode object(Random random, int depth) {
    ObjectNode object = NODES.objectNode();
    int members = random.nextInt(6);
    for (int i = 0; i < members; i++) {
      String name = AWKWARD[random.nextInt(AWKWARD.length)];
      switch (random.nextInt(depth > 0 ? 7 : 5)) {
        case 0 -> object.put(name, random.nextInt());
        case 1 -> object.put(name, random.nextBoolean());
        case 2 -> object.putNull(name);
        case 3 -> object.put(name, random.nextInt() * 1.5e-3);
        case 4 -> object.put(name, AWKWARD[random.nextInt(AWKWARD.length)]);
        case 5 -> object.set(name, object(random, depth - 1));
        default -> {
          ArrayNode array = object.putArray(name);
          array.add(object(random, depth - 1)).add(AWKWARD[random.nextInt(AWKWARD.length)]);
        }
      }
    }
    return object;
  }
}
