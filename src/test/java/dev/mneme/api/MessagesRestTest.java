package dev.mneme.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.api.RestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesRestTest {
  private static final String ALICE = "Bearer alice-has-this-key-1";
  private static final String BOB = "Bearer bob-has-another-key-2";

  @RegisterExtension
  static final RestServer server =
      new RestServer()
          .with("MNEME_AUTH_KEYS", "alice:alice-has-this-key-1,bob:bob-has-another-key-2")
          .with("MNEME_AUTH_KEYLESS", "loopback")
          .model("echo", "replies: [{text: 'You said: {{user}}'}]")
          .model(
              "thinker",
              """
              replies:
                - match: {from: user}
                  reasoning: A name should be kept.
                  text: One moment.
                  tools:
                    - {name: memory_insert, arguments: {label: human, new_string: 'Name: Ada'}}
                - match: {tool: memory_insert}
                  text: I know your name now.
              """)
          .model(
              "speaker",
              """
              replies:
                - tools: [{name: send_message, arguments: {message: 'Hello there.'}}]
              """)
          .model("limited", "replies: [{fault: rate_limit, attempts: 9}]")
          .model("broken", "replies: [{fault: error, status: 500, attempts: 9}]")
          .model("denied", "replies: [{fault: error, status: 401}]")
          .model("poor", "replies: [{fault: error, status: 402}]")
          .model("slow", "replies: [{fault: timeout, attempts: 9}]")
          .model("cut", "replies: [{fault: cut, text: 'Half of this gets lost.'}]")
          .model("empty", "replies: [{fault: empty}]")
          .model("hangs", "replies: [{fault: hang}]")
          .model(
              "malformed",
              """
              replies:
                - match: {from: user}
                  fault: malformed
                  tools: [{name: memory_insert, arguments: {label: human, new_string: x}}]
                - text: That did not work.
              """);

  @Test
  void aMessageIsAnsweredWithAllThatWasSaidAndWhatItTook() {
    String agent = agent("echo");
    Answer answer = send(agent, "hi");
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    JsonNode said = answer.body().path("messages");
    assertThat(said).hasSize(1);
    assertThat(said.path(0).path("message_type").asText()).isEqualTo("assistant_message");
    assertThat(said.path(0).path("content").asText()).isEqualTo("You said: hi");
    assertThat(said.path(0).path("id").asText()).startsWith("message-");
    assertThat(said.path(0).path("run_id").asText()).startsWith("run-");
    assertThat(said.path(0).path("step_id").asText()).startsWith("step-");
    assertThat(said.path(0).path("date").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+00:00");
    assertThat(answer.body().path("stop_reason").path("stop_reason").asText())
        .isEqualTo("end_turn");
    JsonNode usage = answer.body().path("usage");
    assertThat(usage.path("message_type").asText()).isEqualTo("usage_statistics");
    assertThat(usage.path("step_count").asInt()).isEqualTo(1);
    assertThat(usage.path("total_tokens").asInt())
        .isEqualTo(usage.path("prompt_tokens").asInt() + usage.path("completion_tokens").asInt())
        .isPositive();
  }

  @Test
  void theOtherFormsOfAMessageAreTakenToo() {
    String agent = agent("echo");
    assertThat(text(server.post(messages(agent), Map.of("input", "one"))))
        .isEqualTo("You said: one");
    List<Map<String, String>> parts = List.of(Map.of("type", "text", "text", "two"));
    assertThat(text(server.post(messages(agent), Map.of("input", parts))))
        .isEqualTo("You said: two");
    Map<String, Object> message =
        Map.of("role", "user", "content", parts, "otid", "mine", "name", "Ada");
    assertThat(text(server.post(messages(agent), Map.of("messages", List.of(message)))))
        .isEqualTo("You said: two");
    JsonNode kept = server.get(messages(agent) + "?limit=2").body().path(1);
    assertThat(kept.path("otid").asText()).isEqualTo("mine");
    assertThat(kept.path("name").asText()).isEqualTo("Ada");
  }

  @Test
  void oneStoredMessageIsShownAsSeveralWithTheSameId() {
    String agent = agent("thinker");
    JsonNode said = send(agent, "I am Ada").body().path("messages");
    assertThat(types(said))
        .containsExactly(
            "reasoning_message",
            "assistant_message",
            "tool_call_message",
            "tool_return_message",
            "assistant_message");
    assertThat(said.path(1).path("id")).isEqualTo(said.path(0).path("id"));
    assertThat(said.path(2).path("id")).isEqualTo(said.path(0).path("id"));
    assertThat(said.findValuesAsText("otid")).doesNotHaveDuplicates();
    String id = said.path(0).path("id").asText().substring("message-".length());
    assertThat(said.path(0).path("otid").asText()).startsWith(id.substring(0, 34));
    assertThat(said.path(0).path("reasoning").asText()).isEqualTo("A name should be kept.");
    JsonNode call = said.path(2).path("tool_call");
    assertThat(call.path("name").asText()).isEqualTo("memory_insert");
    assertThat(said.path(2).path("tool_calls").path(0)).isEqualTo(call);
    assertThat(said.path(3).path("tool_call_id")).isEqualTo(call.path("tool_call_id"));
    assertThat(said.path(3).path("status").asText()).isEqualTo("success");
    assertThat(said.path(3).path("tool_returns").path(0).path("tool_return"))
        .isEqualTo(said.path(3).path("tool_return"));

    JsonNode listed = server.get(messages(agent) + "?order=asc").body();
    assertThat(types(listed)).startsWith("system_message", "user_message", "reasoning_message");
    assertThat(listed.path(2)).isEqualTo(said.path(0));
    assertThat(server.get("/v1/messages/" + said.path(0).path("id").asText()).body())
        .containsExactly(said.path(0), said.path(1), said.path(2));
    assertThat(
            server
                .get("/v1/agents/" + agent + "/core-memory/blocks/human")
                .body()
                .path("value")
                .asText())
        .contains("Name: Ada");
  }

  @Test
  void typesAndFormsOfMessagesCanBeAskedFor() {
    String agent = agent("thinker");
    Answer answer =
        server.post(
            messages(agent),
            Map.of(
                "input",
                "I am Ada",
                "include_return_message_types",
                List.of("tool_return_message", "assistant_message")));
    assertThat(types(answer.body().path("messages")))
        .containsExactly("assistant_message", "tool_return_message", "assistant_message");
    JsonNode calls =
        server
            .get(messages(agent) + "?include_return_message_types=tool_call_message&limit=1")
            .body();
    assertThat(types(calls)).containsExactly("tool_call_message");

    String speaker = agent("speaker", "agent_type", "memgpt_agent");
    assertThat(types(send(speaker, "hi").body().path("messages")))
        .containsExactly("assistant_message", "tool_return_message");
    Answer plain =
        server.post(messages(speaker), Map.of("input", "hi", "use_assistant_message", false));
    assertThat(types(plain.body().path("messages")))
        .containsExactly("tool_call_message", "tool_return_message");
    assertThat(types(server.get(messages(speaker) + "?use_assistant_message=false&limit=2").body()))
        .containsExactly("tool_return_message", "tool_call_message");
  }

  @Test
  void pagesMeetEveryMessageOnceInBothOrders() {
    String agent = agent("echo");
    for (int i = 0; i < 4; i++) {
      send(agent, "no " + i);
    }
    for (String order : List.of("asc", "desc")) {
      List<String> all = new ArrayList<>();
      String after = "";
      for (int i = 0; i < 20; i++) {
        JsonNode page = server.get(messages(agent) + "?limit=2&order=" + order + after).body();
        if (page.isEmpty()) {
          break;
        }
        page.forEach(message -> all.add(message.path("id").asText()));
        after = "&after=" + all.getLast();
      }
      assertThat(all).hasSize(9).doesNotHaveDuplicates();
    }
    assertThat(server.get(messages(agent) + "?after=message-" + ABSENT).status()).isEqualTo(404);
    assertThat(server.get("/v1/messages/?limit=3").body()).hasSize(3);
  }

  private static final String ABSENT = "00000000-0000-4000-8000-000000000000";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "{\"messages\": []}",
        "{\"input\": \"a\", \"messages\": [{\"role\": \"user\", \"content\": \"b\"}]}",
        "{\"input\": \"\"}",
        "{\"input\": []}",
        "{\"input\": 3}",
        "{\"input\": \"a\", \"stream_tokens\": true}",
        "{\"input\": \"a\", \"background\": true}",
        "{\"input\": \"a\", \"include_pings\": false}",
        "{\"input\": \"a\", \"max_steps\": 0}",
        "{\"messages\": [{\"role\": \"tool\", \"content\": \"b\"}]}",
        "{\"messages\": [{\"role\": \"user\"}]}",
        "{\"messages\": [{\"type\": \"other\", \"content\": \"b\"}]}",
        "{\"input\": [{\"type\": \"video\"}]}",
      })
  void aRequestOfAWrongFormIsRefused(String body) {
    Answer answer = server.post(messages(agent("echo")), body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(422);
    assertThat(answer.body().has("trace_id")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "denied, 401, llm_authentication",
    "poor, 402, llm_insufficient_credits",
    "limited, 429, llm_rate_limit",
    "slow, 504, llm_timeout",
    "broken, 500, llm_error",
    "cut, 502, stream_incomplete",
  })
  void aFailureOfTheModelIsToldByItsStatus(String model, int status, String type) {
    String agent = agent(model);
    Answer answer = send(agent, "hi");
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.body().path("error").path("type").asText()).isEqualTo(type);
    assertThat(answer.body().path("error").path("message").asText()).isNotBlank();
    assertThat(answer.mayRetry()).isFalse();
    JsonNode run = server.get("/v1/runs/?agent_id=" + agent).body().path(0);
    assertThat(run.path("status").asText()).isEqualTo("failed");
    assertThat(run.path("metadata").path("error").toString()).contains(type);
  }

  @Test
  void badArgumentsAndEmptyAnswersEndNoConversation() {
    String agent = agent("malformed");
    Answer answer = send(agent, "hi");
    assertThat(types(answer.body().path("messages")))
        .containsExactly("tool_call_message", "tool_return_message", "assistant_message");
    assertThat(answer.body().path("messages").path(1).path("status").asText()).isEqualTo("error");

    Answer empty = send(agent("empty"), "hi");
    assertThat(empty.status()).as(empty.body().toString()).isIn(200, 502);
  }

  @Test
  void aRunIsCancelledByItsIdOrByItsAgent() throws Exception {
    String agent = agent("hangs");
    Answer none = server.post(messages(agent) + "/cancel", "{}");
    assertThat(none.status()).isEqualTo(409);
    String run = server.post(messages(agent) + "/async", Map.of("input", "hi")).id();
    Answer stopped = server.post(messages(agent) + "/cancel", "{}");
    assertThat(stopped.body().path(run).asText()).isEqualTo("cancelled");
    assertThat(server.get("/v1/runs/" + run).body().path("status").asText()).isEqualTo("cancelled");
    String second = server.post(messages(agent) + "/async", Map.of("input", "hi")).id();
    Answer both =
        server.post(
            messages(agent) + "/cancel", Map.of("run_ids", List.of(second, "run-" + ABSENT)));
    assertThat(both.body().path(second).asText()).isEqualTo("cancelled");
    assertThat(both.body().path("run-" + ABSENT).asText()).isEqualTo("failed");
  }

  @Test
  void afterAResetTheAgentBeginsAnew() {
    String agent = agent("echo");
    send(agent, "one");
    Answer reset = server.patch("/v1/agents/" + agent + "/reset-messages", Map.of());
    assertThat(reset.status()).isEqualTo(200);
    assertThat(reset.body().isNull()).isTrue();
    assertThat(server.get("/v1/agents/" + agent).body().path("message_ids")).hasSize(1);
    Answer older =
        server.send(
            "PATCH",
            "/v1/agents/" + agent + "/reset-messages",
            "{\"add_default_initial_messages\": true}",
            Map.of("X-Fern-SDK-Version", "0.1.300"));
    assertThat(older.id()).isEqualTo(agent);
    assertThat(text(send(agent, "two"))).isEqualTo("You said: two");
    assertThat(server.get("/v1/agents/" + agent).body().path("message_ids")).hasSize(3);
    assertThat(types(server.get(messages(agent) + "?limit=3&order=desc").body()))
        .containsExactly("assistant_message", "user_message", "system_message");
  }

  @Test
  void messagesAreFoundByWhatTheySay() {
    String agent = agent("echo");
    send(agent, "The lighthouse is painted violet");
    send(agent, "What is for dinner");
    Answer found = server.post("/v1/messages/search", Map.of("query", "violet", "agent_id", agent));
    assertThat(found.body()).isNotEmpty();
    assertThat(found.body().path(0).path("content").asText()).contains("violet");
    assertThat(found.body().path(0).path("message_id").asText()).startsWith("message-");
    assertThat(found.body().path(0).path("agent_id").asText()).isEqualTo(agent);
    assertThat(server.post("/v1/messages/search", Map.of("query", "x", "limit", 0)).status())
        .isEqualTo(422);
  }

  @Test
  void nobodyMeetsWhatIsSomebodyElses() {
    Map<String, String> alice = Map.of("Authorization", ALICE);
    Map<String, String> bob = Map.of("Authorization", BOB);
    String body = "{\"model\": \"scripted/hangs\"}";
    String agent = server.send("POST", "/v1/agents/", body, alice).id();
    Answer sent = server.send("POST", messages(agent) + "/async", "{\"input\": \"secret\"}", alice);
    String run = sent.id();
    assertThat(sent.status()).as(sent.body().toString()).isEqualTo(200);
    String step = "/v1/steps/?agent_id=" + agent;
    for (String path :
        List.of(
            messages(agent),
            "/v1/runs/" + run,
            "/v1/runs/" + run + "/messages",
            "/v1/runs/" + run + "/usage",
            "/v1/runs/" + run + "/steps",
            "/v1/jobs/" + run)) {
      assertThat(server.send("GET", path, "", bob).status()).as(path).isEqualTo(404);
    }
    for (String path : List.of("/v1/messages/", "/v1/runs/", "/v1/jobs/", step)) {
      assertThat(server.send("GET", path, "", bob).body()).as(path).isEmpty();
    }
    String search = "{\"query\": \"secret\"}";
    assertThat(server.send("POST", "/v1/messages/search", search, bob).body()).isEmpty();
    for (String path : List.of("", "/stream", "/async", "/cancel")) {
      assertThat(server.send("POST", messages(agent) + path, "{\"input\": \"x\"}", bob).status())
          .isEqualTo(404);
    }
    assertThat(server.send("POST", "/v1/runs/" + run + "/stream", "{}", bob).status())
        .isEqualTo(404);
    String reset = "/v1/agents/" + agent + "/reset-messages";
    assertThat(server.send("PATCH", reset, "{}", bob).status()).isEqualTo(404);
    assertThat(server.send("PATCH", "/v1/jobs/" + run + "/cancel", "", bob).status())
        .isEqualTo(404);
    assertThat(server.send("GET", "/v1/runs/" + run, "", alice).body().path("status").asText())
        .isEqualTo("running");
    assertThat(
            server.send("POST", messages(agent) + "/cancel", "{}", alice).body().path(run).asText())
        .isEqualTo("cancelled");
  }

  private static String agent(String model, Object... more) {
    return RestAgents.make(server, model, more);
  }

  private static Answer send(String agent, String text) {
    return server.post(
        messages(agent), Map.of("messages", List.of(Map.of("role", "user", "content", text))));
  }

  private static String messages(String agent) {
    return "/v1/agents/" + agent + "/messages";
  }

  private static String text(Answer answer) {
    return answer.body().path("messages").path(0).path("content").asText();
  }

  private static List<String> types(JsonNode messages) {
    return messages.findValuesAsText("message_type");
  }
}
