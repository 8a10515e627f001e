package dev.mneme.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
  private final HttpClient client = HttpClient.newHttpClient();
  private TestingMcp mcp;
  private String address = "/mcp";
  private int ids;

  @BeforeEach
  void start() {
    mcp = new TestingMcp(catalog.withAgents(), FrontLimits.DEFAULT);
  }

  @AfterEach
  void stop() {
    mcp.close();
    client.shutdownNow();
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
    address = "/mcp/agents/a";
    String id = ask("tools/call", "{\"name\":\"last\"}", TASKS).at("/result/taskId").asText();
    awaitStatus(id, "input_required");
    String listen = "{\"notifications\":{\"taskIds\":[\"" + id + "\"]}}";
    address = "/mcp/agents/b";
    for (String method : new String[] {"tasks/get", "tasks/cancel", "tasks/update"}) {
      String params =
          "{\"taskId\":\"" + id + "\",\"inputResponses\":{\"question-1\":{\"action\":\"accept\"}}}";
      assertThat(ask(method, params, TASKS).at("/error/code").asInt()).isEqualTo(-32602);
    }
    assertThat(agreed(listen).has("taskIds")).isFalse();
    for (String its : new String[] {"/mcp/agents/a", "/mcp"}) {
      address = its;
      assertThat(get(id).path("status").asText()).isEqualTo("input_required");
      assertThat(agreed(listen).path("taskIds")).hasSize(1);
    }
    ask("tasks/cancel", task(id), TASKS);
    assertThat(get(id).path("status").asText()).isEqualTo("cancelled");
  }

  @Test
  void aQuestionIsAnsweredAtTheAddressWhereItWasAsked() throws Exception {
    address = "/mcp/agents/a";
    JsonNode asked = ask("tools/call", "{\"name\":\"last\"}", PLAIN).path("result");
    String answer =
        "{\"name\":\"last\",\"inputResponses\":{\"question\":{\"action\":\"accept\",\"content\":"
            + "{\"answer\":true}}},\"requestState\":"
            + asked.path("requestState")
            + "}";
    for (String other : new String[] {"/mcp/agents/b", "/mcp"}) {
      address = other;
      assertThat(ask("tools/call", answer, PLAIN).at("/error/code").asInt()).isEqualTo(-32602);
    }
    address = "/mcp/agents/a";
    JsonNode done = ask("tools/call", answer, PLAIN).path("result");
    assertThat(done.path("resultType").asText()).isEqualTo("complete");
    assertThat(done.at("/structuredContent/reply").asText()).contains("true");
  }

  @Test
  void subscribersHearOfTheTasksTheyNameIfTheyAreTheirs() throws Exception {
    String id = ask("tools/call", "{\"name\":\"last\"}", TASKS).at("/result/taskId").asText();
    awaitStatus(id, "input_required");
    String filter = "{\"notifications\":{\"taskIds\":[\"" + id + "\",\"none\"]}}";
    HttpResponse<InputStream> stream =
        client.send(
            request("subscriptions/listen", filter, TASKS, Optional.empty()),
            HttpResponse.BodyHandlers.ofInputStream());
    try (Events events = new Events(stream.body())) {
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
    HttpResponse<InputStream> stream =
        client.send(
            request("subscriptions/listen", filter, TASKS, Optional.empty()),
            HttpResponse.BodyHandlers.ofInputStream());
    try (Events events = new Events(stream.body())) {
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
    return ask(method, params, capabilities, Optional.empty());
  }

  private JsonNode ask(String method, String params, String capabilities, Optional<String> key)
      throws Exception {
    HttpRequest request = request(method, params, capabilities, key);
    return TestingMcp.message(client.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  private HttpRequest request(
      String method, String params, String capabilities, Optional<String> key) {
    ObjectNode all = (ObjectNode) Json.parse(params);
    String name = all.path(all.has("taskId") ? "taskId" : "name").asText();
    ObjectNode meta = all.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
    meta.set("io.modelcontextprotocol/clientCapabilities", Json.parse(capabilities));
    HttpRequest.Builder request =
        mcp.request()
            .uri(URI.create("http://localhost:" + mcp.port() + address))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", method);
    if (!name.isEmpty()) {
      request.header("Mcp-Name", name);
    }
    key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + ++ids
            + ",\"method\":\""
            + method
            + "\",\"params\":"
            + Json.write(all)
            + "}";
    return request.POST(HttpRequest.BodyPublishers.ofString(body)).build();
  }
}
