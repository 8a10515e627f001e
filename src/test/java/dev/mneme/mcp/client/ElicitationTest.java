package dev.mneme.mcp.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.tool.Form;
import dev.mneme.tool.Reply;
import dev.mneme.tool.ToolListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What servers ask of the person behind a call. */
class ElicitationTest {
  private final List<Form> shown = new ArrayList<>();

  private ObjectNode answer(String properties, Reply reply) {
    String params =
        "{\"message\":\"Where to?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":"
            + properties
            + ",\"required\":[]}}";
    ToolListener person =
        new ToolListener() {
          @Override
          public Reply ask(Form form) {
            shown.add(form);
            return reply;
          }
        };
    return Elicitation.answer("travel", (ObjectNode) Json.parse(params), person);
  }

  private static Reply given(String json) {
    return new Reply.Given(Json.parse(json));
  }

  @Test
  void thePersonIsToldWhichServerAsksAndWhatTheyLeaveOutIsPreset() {
    ObjectNode answer =
        answer(
            "{\"city\":{\"type\":\"string\"},\"days\":{\"type\":\"integer\",\"default\":3}}",
            given("{\"city\":\"Cork\",\"extra\":\"x\"}"));
    assertThat(shown.getFirst().asker()).isEqualTo("The MCP server travel");
    assertThat(answer.path("action").asText()).isEqualTo("accept");
    assertThat(answer.path("content")).isEqualTo(Json.parse("{\"city\":\"Cork\",\"days\":3}"));
  }

  @Test
  void aFormThatWantsASecretIsDeclinedUnseen() {
    for (String field :
        List.of(
            "{\"password\":{\"type\":\"string\"}}",
            "{\"a\":{\"type\":\"string\",\"title\":\"API key\"}}",
            "{\"a\":{\"type\":\"string\",\"description\":\"Your GitHub access token\"}}")) {
      assertThat(answer(field, given("{}")).path("action").asText()).isEqualTo("decline");
    }
    assertThat(shown).isEmpty();
  }

  @Test
  void anAnswerThatDoesNotFitIsNotPassedOnAndNobodyDeclines() {
    String days = "{\"days\":{\"type\":\"integer\"}}";
    assertThat(answer(days, given("{\"days\":\"many\"}")).has("content")).isFalse();
    assertThat(answer(days, new Reply.Nobody("away")).path("action").asText()).isEqualTo("decline");
  }
}
