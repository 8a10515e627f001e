package dev.mneme.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.KeptWork;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that last, for clients that know tasks. */
class ModernTasksTest {
  private static final String PLAIN = "{\"elicitation\":{}}";
  private static final String TASKS =
      "{\"elicitation\":{},\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";

  private final TestingCatalog catalog = new TestingCatalog();
  private TestingMcp mcp;
  private ModernClient client;

  @BeforeEach
  void start() {
    mcp = new TestingMcp(catalog.withAgents(), FrontLimits.DEFAULT, new Kept());
    client = new ModernClient(mcp);
  }

  @AfterEach
  void stop() {
    client.close();
    mcp.close();
  }

  /** Work of the agent {@code a}, of which only that is known. */
  private static final class Kept implements KeptWork {
    @Override
    public Optional<KeptWork.Kept> find(Owner owner, Optional<String> alone, String id) {
      Instant then = Instant.parse("2026-11-23T03:00:00Z");
      boolean its = alone.isEmpty() || alone.get().equals("id-of-a");
      return id.startsWith("kept-") && its
          ? Optional.of(new KeptWork.Kept(then, then, State.WORKING, Optional.empty()))
          : Optional.empty();
    }

    @Override
    public void cancel(Owner owner, String id) {}
  }

  @Test
  void workOfAnAgentIsTheSameTaskAtItsAddressWhereverItBegan() throws Exception {
    String call = "{\"name\":\"last\",\"arguments\":{\"id\":\"kept-1\"}}";
    String id = ask("tools/call", call, TASKS).at("/result/taskId").asText();
    assertThat(id).isEqualTo("kept-1");
    client.at("/mcp/agents/b");
    for (String method : new String[] {"tasks/get", "tasks/cancel", "tasks/update"}) {
      String params = "{\"taskId\":\"" + id + "\",\"inputResponses\":{}}";
      assertThat(ask(method, params, TASKS).at("/error/code").asInt()).isEqualTo(-32602);
    }
    client.at("/mcp/agents/a");
    String key = awaitStatus(id, "input_required").path("inputRequests").fieldNames().next();
    assertThat(agreed("{\"notifications\":{\"taskIds\":[\"kept-1\"]}}").path("taskIds")).hasSize(1);
    update(id, "{\"" + key + "\":{\"action\":\"accept\",\"content\":{\"answer\":true}}}");
    client.at("/mcp");
    assertThat(awaitStatus(id, "completed").at("/result/structuredContent/reply").asText())
        .contains("true");
  }

  @Test
  void workThatIsOnlyWrittenDownIsNotTakenForATaskThatAsks() throws Exception {
    assertThat(get("kept-2").path("status").asText()).isEqualTo("working");
    String params = "{\"taskId\":\"kept-2\",\"inputResponses\":{}}";
    JsonNode refused = ask("tasks/update", params, TASKS).path("error");
    assertThat(refused.path("code").asInt()).isEqualTo(-32602);
    assertThat(refused.path("message").asText()).contains("Nothing is asked");
  }

  @Test
  void aCallThatLastsIsAnsweredByATaskThatAsksAndEnds() throws Exception {
    JsonNode created = ask("tools/call", "{\"name\":\"last\"}", TASKS).path("result");
    assertThat(created.path("resultType").asText()).isEqualTo("task");
    assertThat(created.path("ttlMs").asLong()).isPositive();
    assertThat(created.has("requestState")).isFalse();
    String id = created.path("taskId").asText();

    JsonNode asking = awaitStatus(id, "input_required");
    assertThat(asking.path("statusMessage").asText()).isEqualTo("well under way");
    assertThat(asking.path("inputRequests").size()).isEqualTo(1);
    String key = asking.path("inputRequests").fieldNames().next();
    assertThat(asking.at("/inputRequests/" + key + "/method").asText())
        .isEqualTo("elicitation/create");

    update(id, "{\"nobody-asked\":{},\"" + key + "\":7}");
    assertThat(get(id).path("status").asText()).isEqualTo("input_required");
    update(id, "{\"" + key + "\":{\"action\":\"accept\",\"content\":{\"answer\":true}}}");
    JsonNode done = awaitStatus(id, "completed");
    assertThat(done.has("inputRequests")).isFalse();
    assertThat(done.at("/result/structuredContent/task").asBoolean()).isTrue();
    assertThat(done.at("/result/structuredContent/reply").asText()).contains("true");
    ask("tasks/cancel", task(id), TASKS);
    assertThat(get(id).path("status").asText()).isEqualTo("completed");
  }

  @Test
  void cancellingATaskInterruptsItsWork() throws Exception {
    String id =
        ask("tools/call", "{\"name\":\"last\",\"arguments\":{\"block\":true}}", TASKS)
            .at("/result/taskId")
            .asText();
    assertThat(catalog.waiting.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    JsonNode acknowledged = ask("tasks/cancel", task(id), TASKS).path("result");
    assertThat(acknowledged.has("status")).isFalse();
    assertThat(get(id).path("status").asText()).isEqualTo("cancelled");
    assertThat(catalog.interrupted.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aClientThatDoesNotKnowTasksGetsTheResultItself() throws Exception {
    JsonNode round = ask("tools/call", "{\"name\":\"last\"}", PLAIN).path("result");
    assertThat(round.path("resultType").asText()).isEqualTo("input_required");
    JsonNode refused = ask("tasks/get", task("any"), PLAIN).path("error");
    assertThat(refused.path("code").asInt()).isEqualTo(-32021);
    assertThat(refused.at("/data/requiredCapabilities/extensions").fieldNames())
        .toIterable()
        .containsExactly("io.modelcontextprotocol/tasks");
  }

  @Test
  void aTaskIsThereForItsOwnerOnly() throws Exception {
    String id = ask("tools/call", "{\"name\":\"last\"}", TASKS).at("/result/taskId").asText();
    awaitStatus(id, "input_required");
    for (String method : new String[] {"tasks/get", "tasks/cancel", "tasks/update"}) {
      String params =
          "{\"taskId\":\"" + id + "\",\"inputResponses\":{\"question-1\":{\"action\":\"accept\"}}}";
      JsonNode answer = ask(method, params, TASKS, Optional.of(TestingMcp.OTHER_KEY));
      assertThat(answer.at("/error/code").asInt()).isEqualTo(-32602);
    }
    assertThat(get(id).path("status").asText()).isEqualTo("input_required");
  }

  @Test
  void atTheAddressOfAnAgentThereAreTheTasksThatBeganThere() throws Exception {
    client.at("/mcp/agents/a");
    String id = ask("tools/call", "{\"name\":\"last\"}", TASKS).at("/result/taskId").asText();
    awaitStatus(id, "input_required");
    String listen = "{\"notifications\":{\"taskIds\":[\"" + id + "\"]}}";
    client.at("/mcp/agents/b");
    for (String method : new String[] {"tasks/get", "tasks/cancel", "tasks/update"}) {
      String params =
          "{\"taskId\":\"" + id + "\",\"inputResponses\":{\"question-1\":{\"action\":\"accept\"}}}";
      assertThat(ask(method, params, TASKS).at("/error/code").asInt()).isEqualTo(-32602);
    }
    assertThat(agreed(listen).has("taskIds")).isFalse();
    for (String its : new String[] {"/mcp/agents/a", "/mcp"}) {
      client.at(its);
      assertThat(get(id).path("status").asText()).isEqualTo("input_required");
      assertThat(agreed(listen).path("taskIds")).hasSize(1);
    }
    ask("tasks/cancel", task(id), TASKS);
    assertThat(get(id).path("status").asText()).isEqualTo("cancelled");
  }

  @Test
  void aQuestionIsAnsweredAtTheAddressWhereItWasAsked() throws Exception {
    client.at("/mcp/agents/a");
    JsonNode asked = ask("tools/call", "{\"name\":\"last\"}", PLAIN).path("result");
    String answer =
        "{\"name\":\"last\",\"inputResponses\":{\"question\":{\"action\":\"accept\",\"content\":"
            + "{\"answer\":true}}},\"requestState\":"
            + asked.path("requestState")
            + "}";
    for (String other : new String[] {"/mcp/agents/b", "/mcp"}) {
      client.at(other);
      assertThat(ask("tools/call", answer, PLAIN).at("/error/code").asInt()).isEqualTo(-32602);
    }
    client.at("/mcp/agents/a");
    JsonNode done = ask("tools/call", answer, PLAIN).path("result");
    assertThat(done.path("resultType").asText()).isEqualTo("complete");
    assertThat(done.at("/structuredContent/reply").asText()).contains("true");
  }

  @Test
  void subscribersHearOfTheTasksTheyNameIfTheyAreTheirs() throws Exception {
    String id = ask("tools/call", "{\"name\":\"last\"}", TASKS).at("/result/taskId").asText();
    awaitStatus(id, "input_required");
    String filter = "{\"notifications\":{\"taskIds\":[\"" + id + "\",\"none\"]}}";
    try (Events events = client.stream("subscriptions/listen", filter, TASKS)) {
      assertThat(events.next().at("/params/notifications/taskIds")).hasSize(1);
      ask("tasks/cancel", task(id), TASKS);
      JsonNode told = events.next();
      assertThat(told.path("method").asText()).isEqualTo("notifications/tasks");
      assertThat(told.at("/params/taskId").asText()).isEqualTo(id);
      assertThat(told.at("/params/status").asText()).isEqualTo("cancelled");
    }
  }

  @Test
  void whereThereAreTooManyTasksACallIsAnsweredByItsResult() throws Exception {
    for (int made = 0; made < 100; made++) {
      ask("tools/call", "{\"name\":\"last\"}", TASKS);
    }
    JsonNode round = ask("tools/call", "{\"name\":\"last\"}", TASKS).path("result");
    assertThat(round.path("resultType").asText()).isEqualTo("input_required");
  }

  /** What a subscription is told it will hear of. */
  private JsonNode agreed(String filter) throws Exception {
    try (Events events = client.stream("subscriptions/listen", filter, TASKS)) {
      return events.next().at("/params/notifications");
    }
  }

  private JsonNode awaitStatus(String id, String status) {
    return await().until(() -> get(id), task -> task.path("status").asText().equals(status));
  }

  private JsonNode get(String id) throws Exception {
    return ask("tasks/get", task(id), TASKS).path("result");
  }

  private void update(String id, String responses) throws Exception {
    String params = "{\"taskId\":\"" + id + "\",\"inputResponses\":" + responses + "}";
    JsonNode answer = ask("tasks/update", params, TASKS).path("result");
    assertThat(answer.path("resultType").asText()).isEqualTo("complete");
  }

  private static String task(String id) {
    return "{\"taskId\":\"" + id + "\"}";
  }

  private JsonNode ask(String method, String params, String capabilities) throws Exception {
    return client.ask(method, params, capabilities);
  }

  private JsonNode ask(String method, String params, String capabilities, Optional<String> key)
      throws Exception {
    return client.ask(method, params, capabilities, key);
  }
}
