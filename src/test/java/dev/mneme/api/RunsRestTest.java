package dev.mneme.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.api.RestServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RunsRestTest {
  @RegisterExtension
  static final RestServer server =
      new RestServer()
          .with("MNEME_AGENTS_WHEN_BUSY", "refuse")
          .model("hangs", "replies: [{fault: hang}]")
          .model(
              "works",
              """
              replies:
                - match: {from: user}
                  tools:
                    - {name: memory_insert, arguments: {label: human, new_string: 'Name: Ada'}}
                  usage: {prompt: 100, completion: 7, cached: 60, reasoning: 2}
                - text: Done.
                  usage: {prompt: 120, completion: 3}
              """);

  @Test
  void aRunIsKeptWithItsMessagesStepsAndUsage() {
    String agent = RestAgents.make(server, "works");
    JsonNode told = send(agent).body().path("messages");
    JsonNode run = server.get("/v1/runs/?agent_id=" + agent).body().path(0);
    String path = "/v1/runs/" + run.path("id").asText();
    assertThat(server.get(path).body()).isEqualTo(run);
    assertThat(run.path("status").asText()).isEqualTo("completed");
    assertThat(run.path("stop_reason").asText()).isEqualTo("end_turn");
    assertThat(run.path("background").asBoolean()).isFalse();
    assertThat(run.path("agent_id").asText()).isEqualTo(agent);
    assertThat(run.path("total_duration_ns").asLong()).isPositive();
    assertThat(run.path("completed_at").asText()).isNotEmpty();
    assertThat(run.path("request_config").path("use_assistant_message").asBoolean()).isTrue();
    assertThat(run.path("request_config")).hasSize(4);

    JsonNode messages = server.get(path + "/messages").body();
    assertThat(messages).hasSize(1 + told.size());
    assertThat(messages.path(0).path("message_type").asText()).isEqualTo("user_message");
    assertThat(messages.path(1)).isEqualTo(told.path(0));
    JsonNode usage = server.get(path + "/usage").body();
    assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(220);
    assertThat(usage.path("completion_tokens").asInt()).isEqualTo(10);
    assertThat(usage.path("total_tokens").asInt()).isEqualTo(230);
    assertThat(usage.path("prompt_tokens_details").path("cached_tokens").asInt()).isEqualTo(60);
    assertThat(server.get(path + "/trace").body()).isEmpty();
    assertThat(server.get(path + "/steps").body()).hasSize(2);
  }

  @Test
  void aStepIsKeptWithItsMessagesAndTimes() {
    String agent = RestAgents.make(server, "works");
    send(agent);
    JsonNode steps = server.get("/v1/steps/?order=asc&agent_id=" + agent).body();
    assertThat(steps).hasSize(2);
    JsonNode step = steps.path(0);
    String path = "/v1/steps/" + step.path("id").asText();
    assertThat(server.get(path).body()).isEqualTo(step);
    assertThat(step.path("model").asText()).isEqualTo("works");
    assertThat(step.path("model_handle").asText()).isEqualTo("scripted/works");
    assertThat(step.path("provider_name").asText()).isEqualTo("scripted");
    assertThat(step.path("status").asText()).isEqualTo("success");
    assertThat(step.path("prompt_tokens").asInt()).isEqualTo(100);
    assertThat(step.path("reasoning_tokens").asInt()).isEqualTo(2);
    JsonNode metrics = server.get(path + "/metrics").body();
    assertThat(metrics.path("step_ns").asLong())
        .isGreaterThanOrEqualTo(metrics.path("tool_execution_ns").asLong())
        .isPositive();
    assertThat(server.get(path + "/trace").body().isNull()).isTrue();
    assertThat(server.get(path + "/messages").body().findValuesAsText("message_type"))
        .containsExactly("tool_call_message", "tool_return_message");

    Answer liked =
        server.patch(path + "/feedback", Map.of("feedback", "positive", "tags", List.of("good")));
    assertThat(liked.body().path("feedback").asText()).isEqualTo("positive");
    assertThat(server.get("/v1/steps/?has_feedback=true&agent_id=" + agent).body()).hasSize(1);
    assertThat(server.get("/v1/steps/?tags=good&agent_id=" + agent).body()).hasSize(1);
    Answer taken = server.send("PATCH", path + "/feedback", "{\"feedback\": null}", Map.of());
    assertThat(taken.body().path("feedback").isNull()).isTrue();
    assertThat(server.patch(path + "/feedback", Map.of("feedback", "great")).status())
        .isEqualTo(400);
    assertThat(server.get("/v1/steps/?trace_ids=a&agent_id=" + agent).body()).isEmpty();
    assertThat(server.get("/v1/steps/?start_date=2090-01-01T00:00:00Z").body()).isEmpty();
  }

  @Test
  void runsAreListedByWhatTheyAre() {
    String agent = RestAgents.make(server, "works");
    send(agent);
    String run = server.post(messages(agent) + "/async", Map.of("input", "go")).id();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(server.get("/v1/runs/" + run).body().path("status").asText())
                .isEqualTo("completed"));
    String of = "/v1/runs/?agent_id=" + agent;
    assertThat(server.get(of).body()).hasSize(2);
    assertThat(server.get(of).body().path(0).path("id").asText()).isEqualTo(run);
    assertThat(server.get(of + "&order=asc&limit=1&after=" + run).body()).isEmpty();
    assertThat(server.get(of + "&after=" + run).body()).hasSize(1);
    assertThat(server.get(of + "&background=true").body()).hasSize(1);
    assertThat(server.get(of + "&statuses=failed&statuses=cancelled").body()).isEmpty();
    assertThat(server.get(of + "&stop_reason=end_turn").body()).hasSize(2);
    assertThat(server.get(of + "&active=true").body()).isEmpty();
    assertThat(server.get(of + "&statuses=odd").status()).isEqualTo(422);
    assertThat(server.get("/v1/runs/run-x").status()).isEqualTo(422);
    JsonNode job = server.get("/v1/jobs/job-" + run.substring(4)).body();
    assertThat(job.path("id").asText()).isEqualTo(run);
    assertThat(job.path("job_type").asText()).isEqualTo("run");
    assertThat(server.get("/v1/jobs/?limit=1").body()).hasSize(1);
  }

  @Test
  void aBusyConversationRefusesWhereItIsSetTo() {
    String agent = RestAgents.make(server, "hangs");
    String run = server.post(messages(agent) + "/async", Map.of("input", "go")).id();
    Answer refused = send(agent);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body().path("run_id").asText()).isEqualTo(run);
    assertThat(refused.mayRetry()).isTrue();
    assertThat(server.patch("/v1/agents/" + agent + "/reset-messages", Map.of()).status())
        .isEqualTo(409);
    assertThat(server.get("/v1/jobs/active").body().findValuesAsText("id")).contains(run);
    Answer cancelled = server.send("PATCH", "/v1/jobs/" + run + "/cancel", "", Map.of());
    assertThat(cancelled.body().path("status").asText()).isEqualTo("cancelled");
  }

  private static Answer send(String agent) {
    return server.post(messages(agent), Map.of("input", "go"));
  }

  private static String messages(String agent) {
    return "/v1/agents/" + agent + "/messages";
  }
}
