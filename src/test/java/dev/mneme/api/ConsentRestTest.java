package dev.mneme.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.api.RestServer.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person agrees to what an agent wants to do, over the API. */
class ConsentRestTest {
  @RegisterExtension
  static final RestServer server =
      new RestServer()
          .model(
              "careful",
              """
              replies:
                - match: {tool: memory_insert, failed: true}
                  text: I leave it.
                - match: {tool: memory_insert}
                  text: Noted.
                - match: {contains: note}
                  tools: [{name: memory_insert, arguments: {label: human, new_string: Likes maps.}}]
                - text: Hello.
              """);

  @Test
  void anAgreedCallIsMadeAndTheAnswerGoesOn() {
    String agent = agent();
    Answer asked = say(agent, Map.of("input", "note this"));
    assertThat(stop(asked)).isEqualTo("requires_approval");
    JsonNode request = last(asked);
    assertThat(request.path("message_type").asText()).isEqualTo("approval_request_message");
    assertThat(memory(agent)).isEmpty();
    Answer busy = say(agent, Map.of("input", "hello?"));
    assertThat(busy.status()).isEqualTo(409);

    Answer answered = say(agent, approval(request.path("tool_call").path("tool_call_id"), true));

    assertThat(answered.status()).as(answered.body().toString()).isEqualTo(200);
    assertThat(types(answered)).containsExactly("tool_return_message", "assistant_message");
    assertThat(last(answered).path("content").asText()).isEqualTo("Noted.");
    assertThat(memory(agent)).contains("Likes maps.");
  }

  @Test
  void aRefusalInTheOlderFormIsToldToTheModel() {
    String agent = agent();
    JsonNode request = last(say(agent, Map.of("input", "note this")));

    Answer answered =
        say(
            agent,
            Map.of(
                "messages",
                List.of(
                    Map.of(
                        "approve",
                        false,
                        "approval_request_id",
                        request.path("id").asText(),
                        "reason",
                        "no"))));

    assertThat(last(answered).path("content").asText()).isEqualTo("I leave it.");
    assertThat(memory(agent)).isEmpty();
    assertThat(last(say(agent, Map.of("input", "hello"))).path("content").asText())
        .isEqualTo("Hello.");
  }

  @Test
  void whatWaitsIsSeenAtTheAgentAndTheAnswerAmongTheMessages() {
    String agent = agent();
    assertThat(server.get(agent).body().path("pending_approval").isNull()).isTrue();
    JsonNode request = last(say(agent, Map.of("input", "note this")));
    assertThat(server.get(agent).body().path("pending_approval")).isEqualTo(request);

    JsonNode id = request.path("tool_call").path("tool_call_id");
    say(agent, approval(id, true));

    assertThat(server.get(agent).body().path("pending_approval").isNull()).isTrue();
    JsonNode listed = server.get(agent + "/messages?order=asc").body();
    assertThat(listed.findValuesAsText("message_type"))
        .containsSubsequence(
            "user_message",
            "approval_request_message",
            "approval_response_message",
            "tool_return_message",
            "assistant_message");
    JsonNode answers =
        server
            .get(agent + "/messages?include_return_message_types=approval_response_message")
            .body();
    assertThat(answers).hasSize(1);
    assertThat(answers.at("/0/approve").asBoolean()).isTrue();
    assertThat(answers.at("/0/approvals/0/type").asText()).isEqualTo("approval");
    assertThat(answers.at("/0/approvals/0/tool_call_id")).isEqualTo(id);
    assertThat(answers.at("/0/approvals/0/approve").asBoolean()).isTrue();
    assertThat(answers.at("/0/approvals/0/reason").isNull()).isTrue();
  }

  private static Map<String, Object> approval(JsonNode call, boolean approve) {
    Map<String, Object> one =
        Map.of("type", "approval", "tool_call_id", call.asText(), "approve", approve);
    return Map.of("messages", List.of(Map.of("type", "approval", "approvals", List.of(one))));
  }

  private static Answer say(String agent, Map<String, Object> body) {
    return server.post(agent + "/messages", body);
  }

  private static String stop(Answer answer) {
    return answer.body().path("stop_reason").path("stop_reason").asText();
  }

  private static List<String> types(Answer answer) {
    return answer.body().path("messages").findValuesAsText("message_type");
  }

  private static JsonNode last(Answer answer) {
    JsonNode messages = answer.body().path("messages");
    assertThat(messages).as(answer.body().toString()).isNotEmpty();
    return messages.path(messages.size() - 1);
  }

  private static String memory(String agent) {
    return server.get(agent + "/core-memory/blocks/human").body().path("value").asText();
  }

  private static String agent() {
    Answer made =
        server.post(
            "/v1/agents/",
            Map.of(
                "model",
                "scripted/careful",
                "memory_blocks",
                List.of(Map.of("label", "human", "value", "")),
                "tool_rules",
                List.of(Map.of("type", "requires_approval", "tool_name", "memory_insert"))));
    assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
    return "/v1/agents/" + made.id();
  }
}
