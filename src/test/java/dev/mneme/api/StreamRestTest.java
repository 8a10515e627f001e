package dev.mneme.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.api.Events.Event;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRestTest {
  @RegisterExtension
  static final RestServer server =
      new RestServer()
          .model(
              "thinker",
              """
              replies:
                - match: {from: user}
                  reasoning: A name should be kept.
                  text: 'One moment, "Ada" \\ ünï 🎈.'
                  tools:
                    - {name: memory_insert, arguments: {label: human, new_string: 'Name: Ada'}}
                - match: {tool: memory_insert}
                  text: I know your name now.
              """)
          .model(
              "speaker",
              """
              replies:
                - match: {from: user}
                  tools:
                    - name: memory_insert
                      arguments: {thinking: 'Keep it.', label: human, new_string: x, request_heartbeat: true}
                - tools:
                    - name: send_message
                      arguments: {thinking: 'Say "it".', message: "Done, \\"all\\" of it\\n🎈."}
              """)
          .model("slow", "replies: [{text: one two three four five six, per_token: 300ms}]")
          .model("hangs", "replies: [{fault: hang}]")
          .model("broken", "replies: [{fault: error, status: 401}]")
          .model("cut", "replies: [{fault: cut, text: 'Half of this here gets lost.'}]");

  @Test
  void wholeMessagesComeInTheOrderOfTheSteps() {
    String agent = RestAgents.make(server, "thinker");
    try (Events events = server.stream(messages(agent) + "/stream", Map.of("input", "I am Ada"))) {
      assertThat(events.status()).isEqualTo(200);
      assertThat(events.contentType()).startsWith("text/event-stream");
      List<Event> all = events.rest();
      assertThat(all)
          .extracting(Event::type)
          .containsExactly(
              "ping",
              "reasoning_message",
              "assistant_message",
              "tool_call_message",
              "tool_return_message",
              "assistant_message",
              "stop_reason",
              "usage_statistics",
              "[DONE]");
      assertThat(all).extracting(Event::name).containsOnly("");
      assertThat(all.getFirst().json().path("run_id").asText()).startsWith("run-");
      JsonNode listed = server.get(messages(agent) + "?order=asc").body();
      for (int i = 0; i < 5; i++) {
        assertThat(all.get(i + 1).json()).isEqualTo(listed.path(i + 2));
      }
    }
  }

  @Test
  void piecesPutTogetherAreTheStoredMessages() {
    String agent = RestAgents.make(server, "thinker");
    Map<String, Object> body =
        Map.of("input", "I am Ada", "streaming", true, "stream_tokens", true);
    try (Events events = server.stream(messages(agent), body)) {
      List<Event> told = events.told();
      assertThat(told.stream().filter(e -> e.type().equals("assistant_message")).count())
          .isGreaterThan(4);
      assertThat(joined(told)).isEqualTo(stored(agent, ""));
    }
  }

  @Test
  void whatIsSaidByAToolComesInPiecesToo() {
    String agent = RestAgents.make(server, "speaker", "agent_type", "memgpt_v2_agent");
    Map<String, Object> body = Map.of("input", "go", "stream_tokens", true);
    try (Events events = server.stream(messages(agent) + "/stream", body)) {
      List<Event> told = events.told();
      Map<String, String> joined = joined(told);
      assertThat(joined).isEqualTo(stored(agent, ""));
      assertThat(joined).containsValue("assistant_message Done, \"all\" of it\n🎈.");
      assertThat(joined).containsValue("reasoning_message Say \"it\".");
    }
  }

  @Test
  void piecesComeWhenTheyAreSaid() {
    String agent = RestAgents.make(server, "slow");
    Map<String, Object> body = Map.of("input", "go", "stream_tokens", true);
    try (Events events = server.stream(messages(agent) + "/stream", body)) {
      events.next();
      assertThat(events.next()).isPresent();
      long second = System.nanoTime();
      assertThat(events.rest()).hasSizeGreaterThan(5);
      // Four words are still to come then, each of which takes its time.
      assertThat(Duration.ofNanos(System.nanoTime() - second))
          .isGreaterThan(Duration.ofMillis(600));
    }
  }

  @Test
  void aCancelledStreamEndsAtOnceAndProperly() {
    String agent = RestAgents.make(server, "slow");
    Map<String, Object> body = Map.of("input", "go", "stream_tokens", true);
    try (Events events = server.stream(messages(agent) + "/stream", body)) {
      String run = events.next().orElseThrow().json().path("run_id").asText();
      events.next();
      assertThat(server.post(messages(agent) + "/cancel", "{}").body().path(run).asText())
          .isEqualTo("cancelled");
      List<Event> rest = events.rest();
      assertThat(rest)
          .extracting(Event::type)
          .endsWith("stop_reason", "usage_statistics", "[DONE]");
      assertThat(rest.get(rest.size() - 3).json().path("stop_reason").asText())
          .isEqualTo("cancelled");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken", "cut"})
  void aFailureIsToldWithinTheStream(String model) {
    String agent = RestAgents.make(server, model);
    try (Events events = server.stream(messages(agent) + "/stream", Map.of("input", "go"))) {
      assertThat(events.status()).isEqualTo(200);
      List<Event> told = events.told();
      assertThat(told)
          .extracting(Event::type)
          .containsExactly("stop_reason", "error_message", "[DONE]");
      assertThat(told.get(0).json().path("stop_reason").asText()).isEqualTo("llm_api_error");
      assertThat(told.get(1).name()).isEqualTo("error");
      JsonNode error = told.get(1).json();
      assertThat(error.path("run_id").asText()).startsWith("run-");
      assertThat(error.path("error_type").asText())
          .isEqualTo(model.equals("cut") ? "stream_incomplete" : "llm_authentication");
      assertThat(error.path("message").asText()).isNotBlank();
    }
  }

  @Test
  void whatIsWrongBeforeARunBeginsHasItsStatus() {
    String agent = RestAgents.make(server, "thinker");
    assertThat(server.post(messages(agent) + "/stream", "{}").status()).isEqualTo(422);
    String nobody = "agent-00000000-0000-4000-8000-000000000000";
    assertThat(server.post(messages(nobody) + "/stream", Map.of("input", "x")).status())
        .isEqualTo(404);
    Map<String, Object> other =
        Map.of("input", "x", "streaming", true, "override_model", "scripted/none");
    assertThat(server.post(messages(agent), other).status()).isEqualTo(404);
  }

  @Test
  void pingsCanBeLeftOut() {
    String agent = RestAgents.make(server, "thinker");
    Map<String, Object> body = Map.of("input", "go", "streaming", true, "include_pings", false);
    try (Events events = server.stream(messages(agent), body)) {
      assertThat(events.rest()).extracting(Event::type).doesNotContain("ping");
    }
  }

  @Test
  void aRunInTheForegroundEndsWhenItsClientHasGone() {
    String agent = RestAgents.make(server, "slow");
    String run;
    Map<String, Object> body = Map.of("input", "go", "stream_tokens", true);
    try (Events events = server.stream(messages(agent) + "/stream", body)) {
      run = events.next().orElseThrow().json().path("run_id").asText();
      events.next();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(status(run)).isEqualTo("cancelled"));
  }

  @Test
  void aRunInTheBackgroundGoesOnAndIsFollowedFromWhereTheClientWas() {
    String agent = RestAgents.make(server, "slow");
    String run;
    long seen;
    Map<String, Object> body = Map.of("input", "go", "stream_tokens", true, "background", true);
    try (Events events = server.stream(messages(agent) + "/stream", body)) {
      Event ping = events.next().orElseThrow();
      run = ping.json().path("run_id").asText();
      assertThat(ping.json().path("seq_id").asLong()).isEqualTo(1);
      seen = events.next().orElseThrow().json().path("seq_id").asLong();
      assertThat(seen).isEqualTo(2);
    }
    String path = "/v1/runs/" + run + "/stream";
    try (Events events = server.stream(path, Map.of("starting_after", seen))) {
      List<Event> told = events.told();
      assertThat(told.getFirst().json().path("seq_id").asLong()).isEqualTo(3);
      assertThat(told)
          .extracting(Event::type)
          .endsWith("assistant_message", "stop_reason", "usage_statistics", "[DONE]");
    }
    assertThat(status(run)).isEqualTo("completed");
    try (Events events = server.stream(path, Map.of("starting_after", 0))) {
      List<Event> all = events.rest();
      assertThat(all.getFirst().type()).isEqualTo("ping");
      assertThat(joined(all.subList(1, all.size()))).isEqualTo(stored(agent, ""));
      for (int i = 0; i < all.size() - 3; i++) {
        assertThat(all.get(i).json().path("seq_id").asLong()).isEqualTo(i + 1);
      }
    }
  }

  @Test
  void aRunInTheForegroundIsNotFollowedAgain() {
    String agent = RestAgents.make(server, "thinker");
    server.post(messages(agent), Map.of("input", "go"));
    String run = server.get("/v1/runs/?agent_id=" + agent).body().path(0).path("id").asText();
    assertThat(server.post("/v1/runs/" + run + "/stream", "{}").status()).isEqualTo(400);
  }

  private static String status(String run) {
    return server.get("/v1/runs/" + run).body().path("status").asText();
  }

  private static String messages(String agent) {
    return "/v1/agents/" + agent + "/messages";
  }

  /** Type and text of each message by its id and otid. */
  private static Map<String, String> joined(List<Event> events) {
    Map<String, StringBuilder> texts = new LinkedHashMap<>();
    for (Event event : events) {
      if (!event.type().equals("[DONE]") && event.json().has("id")) {
        add(texts, event.json());
      }
    }
    return strings(texts);
  }

  /** As above, of what is stored of its runs; a conversation may begin with a greeting. */
  private static Map<String, String> stored(String agent, String query) {
    Map<String, StringBuilder> texts = new LinkedHashMap<>();
    for (JsonNode message : server.get(messages(agent) + "?order=asc" + query).body()) {
      String type = message.path("message_type").asText();
      boolean answered = !message.path("run_id").isNull();
      if (answered && !type.equals("user_message")) {
        add(texts, message);
      }
    }
    return strings(texts);
  }

  private static void add(Map<String, StringBuilder> texts, JsonNode message) {
    String type = message.path("message_type").asText();
    String text =
        switch (type) {
          case "reasoning_message" -> message.path("reasoning").asText();
          case "assistant_message" -> message.path("content").asText();
          case "tool_call_message" -> message.path("tool_call").path("arguments").asText();
          default -> message.path("tool_return").asText();
        };
    texts
        .computeIfAbsent(
            message.path("id").asText() + ' ' + message.path("otid").asText(),
            _ -> new StringBuilder(type).append(' '))
        .append(text);
  }

  private static Map<String, String> strings(Map<String, StringBuilder> texts) {
    Map<String, String> strings = new LinkedHashMap<>();
    texts.forEach((key, text) -> strings.put(key, text.toString()));
    return strings;
  }
}
