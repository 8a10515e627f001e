package dev.mneme.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The era without sessions, over HTTP. */
class ModernHttpTest {
  private static final String VERSION = ModernClient.VERSION;
  private static final String ELICITS = ModernClient.ELICITS;

  private final TestingCatalog catalog = new TestingCatalog();
  private TestingMcp mcp;
  private ModernClient client;

  @BeforeEach
  void start() {
    mcp = new TestingMcp(catalog.catalog(), FrontLimits.DEFAULT);
    client = new ModernClient(mcp);
  }

  @AfterEach
  void stop() {
    client.close();
    mcp.close();
  }

  @Test
  void aRequestNeedsNoSessionAndLeavesNone() throws Exception {
    JsonNode result = ask("tools/call", "{\"name\":\"echo\",\"arguments\":{\"a\":1}}");
    assertThat(result.at("/result/structuredContent/a").asInt()).isEqualTo(1);
    assertThat(result.at("/result/resultType").asText()).isEqualTo("complete");
    assertThat(result.at("/result/_meta/io.modelcontextprotocol~1serverInfo/name").asText())
        .isEqualTo("mneme");
    assertThat(mcp.sessions().size()).isZero();
  }

  @Test
  void discoverNamesTheRevisionsWhatTheServerCanAndHowLongThatHolds() throws Exception {
    JsonNode result = ask("server/discover", "{}").path("result");
    assertThat(result.path("supportedVersions"))
        .extracting(JsonNode::asText)
        .containsExactly(VERSION);
    assertThat(result.at("/capabilities/tools/listChanged").asBoolean()).isTrue();
    assertThat(result.path("instructions").asText()).contains("memory_view");
    assertThat(result.path("ttlMs").asLong()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "tools/list, tools",
    "resources/list, resources",
    "resources/templates/list, resourceTemplates",
    "prompts/list, prompts"
  })
  void listsSayHowLongTheyMayBeKept(String method, String field) throws Exception {
    JsonNode result = ask(method, "{}").path("result");
    assertThat(result.path(field)).isNotEmpty();
    assertThat(result.path("ttlMs").isIntegralNumber()).isTrue();
    assertThat(result.path("cacheScope").asText()).isEqualTo("private");
  }

  @ParameterizedTest
  @CsvSource({
    "ping, 404, -32601",
    "initialize, 404, -32601",
    "resources/subscribe, 404, -32601",
    "no/such, 404, -32601"
  })
  void methodsThisEraHasNotAreNotFound(String method, int status, int code) throws Exception {
    HttpResponse<String> answer = client.send(client.request(method, "{}", "{}", Optional.empty()));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Json.parse(answer.body()).at("/error/code").asInt()).isEqualTo(code);
    assertThat(Json.parse(answer.body()).path("id").asInt()).isEqualTo(client.lastId());
  }

  @Test
  void aRevisionThatIsNotServedIsAnsweredWithThoseThatAre() throws Exception {
    HttpRequest request =
        client
            .builder("tools/list", "2027-01-01")
            .POST(client.body("tools/list", ModernClient.params("{}", "2027-01-01", "{}")))
            .build();
    HttpResponse<String> answer = client.send(request);
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = Json.parse(answer.body()).path("error");
    assertThat(error.path("code").asInt()).isEqualTo(-32022);
    assertThat(error.at("/data/supported/0").asText()).isEqualTo(VERSION);
    assertThat(error.at("/data/requested").asText()).isEqualTo("2027-01-01");
  }

  @Test
  void headersHaveToSayWhatTheBodySays() throws Exception {
    String call = ModernClient.params("{\"name\":\"echo\"}", VERSION, "{}");
    assertThat(code(client.builder("tools/call", VERSION), "tools/call", call)).isEqualTo(-32020);
    assertThat(code(client.named("tools/call", "other"), "tools/call", call)).isEqualTo(-32020);
    assertThat(code(client.named("prompts/get", "echo"), "tools/call", call)).isEqualTo(-32020);
    assertThat(code(client.named("tools/call", "=?base64?ZWNobw?="), "tools/call", call))
        .isEqualTo(-32020);
    assertThat(code(client.named("tools/call", "=?base64?ZWNobw==?="), "tools/call", call))
        .isZero();
    assertThat(code(client.named("tools/call", "  echo "), "tools/call", call)).isZero();
  }

  @Test
  void anEnvelopeWithoutItsPartsIsRefused() throws Exception {
    assertThat(code(client.builder("tools/list", VERSION), "tools/list", "{}")).isEqualTo(-32602);
    String noCapabilities =
        "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + VERSION + "\"}}";
    assertThat(code(client.builder("tools/list", VERSION), "tools/list", noCapabilities))
        .isEqualTo(-32602);
  }

  @Test
  void progressAndTheLogComeOnTheAnswersOwnStream() throws Exception {
    ObjectNode params =
        (ObjectNode) Json.parse(ModernClient.params("{\"name\":\"report\"}", VERSION, "{}"));
    ObjectNode meta = (ObjectNode) params.get("_meta");
    meta.put("progressToken", "t");
    assertThat(raw("tools/call", "report", params))
        .contains("notifications/progress")
        .doesNotContain("notifications/message");
    meta.put("io.modelcontextprotocol/logLevel", "warning");
    assertThat(raw("tools/call", "report", params)).contains("\"loud\"").doesNotContain("quiet");
  }

  @Test
  void aQuestionIsARoundAndTheWorkGoesOnWhereItWaited() throws Exception {
    JsonNode first = ask("tools/call", "{\"name\":\"ask\"}", ELICITS).path("result");
    assertThat(first.path("resultType").asText()).isEqualTo("input_required");
    JsonNode question = first.at("/inputRequests/question");
    assertThat(question.path("method").asText()).isEqualTo("elicitation/create");
    assertThat(question.at("/params/message").asText()).contains("Which?");
    int calls = catalog.calls.get();

    JsonNode second = ask("tools/call", answered(first, "\"b\""), ELICITS).path("result");
    assertThat(second.path("resultType").asText()).isEqualTo("complete");
    assertThat(second.at("/structuredContent/reply").asText()).contains("\"b\"");
    assertThat(catalog.calls.get()).isEqualTo(calls);

    JsonNode again = ask("tools/call", answered(first, "\"b\""), ELICITS);
    assertThat(again.at("/error/code").asInt()).isEqualTo(-32602);
  }

  @Test
  void aRoundWithoutTheAnswerAsksAgain() throws Exception {
    JsonNode first = ask("tools/call", "{\"name\":\"ask\"}", ELICITS).path("result");
    String empty =
        "{\"name\":\"ask\",\"inputResponses\":{\"other\":{}},\"requestState\":"
            + first.path("requestState")
            + "}";
    JsonNode second = ask("tools/call", empty, ELICITS).path("result");
    assertThat(second.path("resultType").asText()).isEqualTo("input_required");
    assertThat(second.path("requestState")).isNotEqualTo(first.path("requestState"));
  }

  @Test
  void aStateThatWasChangedOrIsForAnotherRequestIsRefused() throws Exception {
    JsonNode first = ask("tools/call", "{\"name\":\"ask\"}", ELICITS).path("result");
    ObjectNode forged = (ObjectNode) Json.parse(answered(first, "\"a\""));
    forged.put("requestState", first.path("requestState").asText() + "x");
    assertThat(ask("tools/call", Json.write(forged), ELICITS).at("/error/code").asInt())
        .isEqualTo(-32602);
    ObjectNode moved = (ObjectNode) Json.parse(answered(first, "\"a\""));
    moved.putObject("arguments").put("all", true);
    assertThat(ask("tools/call", Json.write(moved), ELICITS).at("/error/code").asInt())
        .isEqualTo(-32602);
    assertThat(
            ask("tools/call", answered(first, "\"a\""), ELICITS).at("/result/resultType").asText())
        .isEqualTo("complete");
  }

  @Test
  void aClientThatCannotAskIsNotAsked() throws Exception {
    JsonNode result = ask("tools/call", "{\"name\":\"ask\"}", "{}").path("result");
    assertThat(result.at("/structuredContent/reply").asText()).contains("cannot ask");
  }

  @Test
  void subscribersHearWhatTheyAskedForAndOnlyThat() throws Exception {
    String filter =
        "{\"notifications\":{\"resourceSubscriptions\":[\"memory://agents/a/blocks/note\","
            + "\"memory://agents/a/blocks/none\"]}}";
    try (Events events = client.stream("subscriptions/listen", filter, "{}")) {
      int id = client.lastId();
      JsonNode acknowledged = events.next();
      assertThat(acknowledged.path("method").asText())
          .isEqualTo("notifications/subscriptions/acknowledged");
      assertThat(acknowledged.at("/params/notifications/resourceSubscriptions")).hasSize(1);
      catalog.add("late");
      catalog.change("second");
      JsonNode update = events.next();
      assertThat(update.path("method").asText()).isEqualTo("notifications/resources/updated");
      assertThat(update.at("/params/_meta/io.modelcontextprotocol~1subscriptionId").asInt())
          .isEqualTo(id);
    }
  }

  @Test
  void aClientThatGoesHasCancelledItsCall() throws Exception {
    HttpRequest request =
        client
            .named("tools/call", "wait")
            .POST(
                client.body(
                    "tools/call", ModernClient.params("{\"name\":\"wait\"}", VERSION, "{}")))
            .build();
    HttpClient leaving = HttpClient.newHttpClient();
    CompletableFuture<HttpResponse<String>> answer =
        leaving.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    assertThat(catalog.waiting.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    leaving.shutdownNow();
    assertThat(answer).failsWithin(Duration.ofSeconds(10));
    await().atMost(Duration.ofSeconds(30)).until(catalog.interrupted::tryAcquire);
  }

  /** The next round's params: the same request, its state and an answer to the question. */
  private static String answered(JsonNode result, String answer) {
    return "{\"name\":\"ask\",\"inputResponses\":{\"question\":{\"action\":\"accept\",\"content\":"
        + "{\"answer\":"
        + answer
        + "}}},\"requestState\":"
        + result.path("requestState")
        + "}";
  }

  private JsonNode ask(String method, String params) throws Exception {
    return client.ask(method, params);
  }

  private JsonNode ask(String method, String params, String capabilities) throws Exception {
    return client.ask(method, params, capabilities);
  }

  private String raw(String method, String name, ObjectNode params) throws Exception {
    return client
        .send(client.named(method, name).POST(client.body(method, Json.write(params))).build())
        .body();
  }

  private int code(HttpRequest.Builder builder, String method, String params) throws Exception {
    HttpResponse<String> answer = client.send(builder.POST(client.body(method, params)).build());
    int code = TestingMcp.message(answer).at("/error/code").asInt();
    assertThat(answer.statusCode()).isEqualTo(code == 0 ? 200 : 400);
    return code;
  }
}
