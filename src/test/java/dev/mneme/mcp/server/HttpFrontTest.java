package dev.mneme.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.ClientInfo;
import dev.mneme.mcp.server.catalog.ServerCard;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpFrontTest {
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final TestingCatalog catalog = new TestingCatalog();
  private final TestingMcp mcp =
      new TestingMcp(catalog.catalog(), new FrontLimits(1 << 20, 64, 4, 3, Duration.ofMinutes(10)));

  @AfterEach
  void stop() {
    mcp.close();
  }

  @Test
  void aQuestionGoesOutOnTheStreamOfItsCallAndTheAnswerComesByPost() throws Exception {
    String session = mcp.askingSession();
    List<JsonNode> messages =
        ask(
            session,
            message -> {
              if (message.has("method")) {
                answer(session, message.path("id"));
              }
            });
    assertThat(messages.getLast().at("/result/structuredContent/reply").asText())
        .isEqualTo("Given[value={\"answer\":\"a\"}]");
  }

  @Test
  void aClientIsToldOnTheStreamOfItsCallThatAQuestionIsNotWaitedForAnyMore() throws Exception {
    String session = mcp.askingSession();
    List<JsonNode> messages =
        ask(
            session,
            message -> {
              if (message.path("method").asText().equals("elicitation/create")) {
                cancel(session, 1);
              }
            });
    assertThat(messages)
        .extracting(message -> message.path("method").asText())
        .containsExactly("elicitation/create", "notifications/cancelled");
    assertThat(messages.getLast().at("/params/requestId"))
        .isEqualTo(messages.getFirst().path("id"));
    assertThat(catalog.replies.poll(30, TimeUnit.SECONDS)).contains("Nobody");
  }

  /** Calls the tool that asks; all that came on the stream of the call. */
  private List<JsonNode> ask(String session, Consumer<JsonNode> heard) throws Exception {
    List<JsonNode> messages = new CopyOnWriteArrayList<>();
    mcp.stream(
            session,
            toolCall(1, "ask", "{}"),
            message -> {
              messages.add(message);
              heard.accept(message);
            })
        .get(30, TimeUnit.SECONDS);
    return messages;
  }

  private void cancel(String session, int call) {
    try {
      mcp.post(
          Optional.of(session),
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
              + call
              + "}}");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aClientThatVanishesHasCancelledItsCallsAndTheirQuestions() throws Exception {
    String session = mcp.askingSession();
    try (Socket waits = raw(session, toolCall(1, "wait", "{}"));
        Socket asks = raw(session, toolCall(2, "ask", "{}"))) {
      assertThat(catalog.waiting.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      byte[] head = new byte[9];
      assertThat(asks.getInputStream().readNBytes(head, 0, 9)).isEqualTo(9);
      assertThat(new String(head, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 ");
      assertThat(waits.isConnected()).isTrue();
    }
    assertThat(catalog.interrupted.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    assertThat(catalog.replies.poll(60, TimeUnit.SECONDS)).contains("Nobody");
  }

  /** A request whose connection the test ends. */
  private Socket raw(String session, String body) throws IOException {
    Socket socket = new Socket("localhost", mcp.port());
    String head =
        "POST /mcp HTTP/1.1\r\nHost: localhost:"
            + mcp.port()
            + "\r\nContent-Type: application/json\r\nAccept: application/json,"
            + " text/event-stream\r\nMcp-Session-Id: "
            + session
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void theStreamBesideTheRequestsBeginsBeforeThereIsAnythingToSay() throws Exception {
    HttpRequest stream =
        mcp.request()
            .header("Accept", "text/event-stream")
            .header("Mcp-Session-Id", mcp.session())
            .GET()
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> begun =
          http.sendAsync(stream, HttpResponse.BodyHandlers.ofInputStream())
              .get(20, TimeUnit.SECONDS);
      assertThat(begun.statusCode()).isEqualTo(200);
      assertThat(begun.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      begun.body().close();
    }
  }

  private void answer(String session, JsonNode id) {
    try {
      mcp.post(
          Optional.of(session),
          "{\"jsonrpc\":\"2.0\",\"id\":"
              + id
              + ",\"result\":{\"action\":\"accept\",\"content\":{\"answer\":\"a\"}}}");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void initializeAnswersWithTheServerCard() throws Exception {
    JsonNode result =
        TestingMcp.message(mcp.post(Optional.empty(), TestingMcp.INITIALIZE)).path("result");
    assertThat(result).isEqualTo(ServerCard.load().result());
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05,2024-11-05",
    "2025-03-26,2025-03-26",
    "2025-06-18,2025-06-18",
    "2025-11-25,2025-11-25",
    "2099-01-01,2025-11-25",
    "nonsense,2025-11-25"
  })
  void theVersionIsNegotiated(String asked, String answered) throws Exception {
    JsonNode answer =
        TestingMcp.message(
            mcp.post(Optional.empty(), TestingMcp.INITIALIZE.replace("2025-11-25", asked)));
    assertThat(answer.at("/result/protocolVersion").asText()).isEqualTo(answered);
  }

  @Test
  void toolsAreListedInAFixedOrderWithAllTheyHave() throws Exception {
    String session = mcp.session();
    JsonNode tools = mcp.call(session, request(1, "tools/list", "{}")).at("/result/tools");
    assertThat(tools.findValuesAsText("name"))
        .containsExactly("echo", "wait", "report", "ask", "last", "fail", "defect");
    assertThat(tools.at("/0/annotations/readOnlyHint").asBoolean()).isTrue();
    assertThat(tools.at("/0/annotations/openWorldHint").isBoolean()).isTrue();
    assertThat(tools.at("/0/icons/0/src").asText()).startsWith("data:image/svg+xml");
    assertThat(mcp.call(session, request(2, "tools/list", "{}")).at("/result/tools"))
        .isEqualTo(tools);
  }

  @Test
  void aCallAnswersWithTextAndStructure() throws Exception {
    JsonNode result = mcp.call(mcp.session(), toolCall(1, "echo", "{\"a\":\"ü\"}")).path("result");
    assertThat(result.at("/structuredContent/a").asText()).isEqualTo("ü");
    assertThat(result.at("/content/0/text").asText()).isEqualTo("{\"a\":\"ü\"}");
    assertThat(result.path("isError").asBoolean()).isFalse();
  }

  @Test
  void aToolsErrorIsForTheModelAndADefectForTheLog() throws Exception {
    String session = mcp.session();
    JsonNode failed = mcp.call(session, toolCall(1, "fail", "{}")).path("result");
    assertThat(failed.path("isError").asBoolean()).isTrue();
    assertThat(failed.at("/content/0/text").asText())
        .contains("overlap")
        .contains("Read it again")
        .contains("-a\n+b");
    JsonNode defect = mcp.call(session, toolCall(2, "defect", "{}"));
    assertThat(defect.at("/error/code").asInt()).isEqualTo(-32603);
    assertThat(defect.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no/such/method | {} | -32601",
        "tools/call | {} | -32602",
        "tools/call | {\"name\":\"nope\"} | -32602",
        "tools/call | {\"name\":7} | -32602",
        "tools/call | {\"name\":\"echo\",\"arguments\":[1]} | -32602",
        "tools/list | {\"cursor\":\"x\"} | -32602",
        "resources/read | {\"uri\":\"memory://agents/a/blocks/none\"} | -32002",
        "resources/read | {} | -32602",
        "prompts/get | {\"name\":\"greet\"} | -32602",
        "prompts/get | {\"name\":\"greet\",\"arguments\":{\"who\":1}} | -32602",
        "prompts/get | {\"name\":\"nope\"} | -32602",
        "completion/complete | {\"ref\":{\"type\":\"ref/nothing\"}} | -32602",
        "logging/setLevel | {\"level\":\"shout\"} | -32602"
      })
  void wrongRequestsGetTheRightCode(String method, String params, int code) throws Exception {
    HttpResponse<String> answer = mcp.post(Optional.of(mcp.session()), request(1, method, params));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(TestingMcp.message(answer).at("/error/code").asInt()).isEqualTo(code);
    assertThat(TestingMcp.message(answer).path("id").asInt()).isEqualTo(1);
  }

  @Test
  void promptsResourcesAndCompletionsAnswer() throws Exception {
    String session = mcp.session();
    assertThat(
            mcp.call(
                    session,
                    request(
                        1, "prompts/get", "{\"name\":\"greet\",\"arguments\":{\"who\":\"you\"}}"))
                .at("/result/messages/0/content/text")
                .asText())
        .isEqualTo("Hello you");
    assertThat(
            mcp.call(session, request(2, "resources/list", "{}"))
                .at("/result/resources/0/uri")
                .asText())
        .isEqualTo("memory://agents/a/blocks/note");
    assertThat(
            mcp.call(
                    session,
                    request(
                        3,
                        "completion/complete",
                        "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"greet\"},"
                            + "\"argument\":{\"name\":\"who\",\"value\":\"x\"}}"))
                .at("/result/completion/values/1")
                .asText())
        .isEqualTo("x-2");
    assertThat(mcp.call(session, request(4, "ping", "{}")).path("result").isObject()).isTrue();
  }

  @Test
  void cancellingStopsTheCallAndAnswersNothing() throws Exception {
    String session = mcp.session();
    async(session, toolCall(7, "wait", "{}"));
    assertThat(catalog.waiting.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    HttpResponse<String> cancel =
        mcp.post(
            Optional.of(session),
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}");
    assertThat(cancel.statusCode()).isEqualTo(202);
    assertThat(catalog.interrupted.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(answers.poll(20, TimeUnit.SECONDS)).isEmpty();
    assertThat(mcp.call(session, toolCall(8, "echo", "{}")).has("result")).isTrue();
  }

  @Test
  void endingASessionStopsItsCallsAndForgetsIt() throws Exception {
    String session = mcp.session();
    async(session, toolCall(7, "wait", "{}"));
    assertThat(catalog.waiting.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    HttpResponse<String> ended =
        mcp.send(mcp.request().header("Mcp-Session-Id", session).DELETE().build());
    assertThat(ended.statusCode()).isEqualTo(200);
    assertThat(catalog.interrupted.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(mcp.post(Optional.of(session), request(9, "ping", "{}")).statusCode())
        .isEqualTo(404);
    assertThat(mcp.front.sessions().size()).isZero();
    assertThat(answers.poll(20, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void anIdInUseIsRefusedAndSoAreTooManyCalls() throws Exception {
    String session = mcp.session();
    for (int id = 1; id <= 3; id++) {
      async(session, toolCall(id, "wait", "{}"));
    }
    assertThat(catalog.waiting.tryAcquire(3, 20, TimeUnit.SECONDS)).isTrue();
    assertThat(mcp.call(session, toolCall(4, "echo", "{}")).at("/error/code").asInt())
        .isEqualTo(-32000);
    mcp.post(
        Optional.of(session),
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":3}}");
    assertThat(catalog.interrupted.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(mcp.call(session, toolCall(1, "echo", "{}")).at("/error/message").asText())
                .contains("use a new id"));
  }

  @Test
  void theSessionUnusedForLongestMakesRoom() throws Exception {
    List<String> sessions = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sessions.add(mcp.session());
    }
    mcp.call(sessions.get(0), request(1, "ping", "{}"));
    sessions.add(mcp.session());
    assertThat(mcp.front.sessions().size()).isEqualTo(4);
    assertThat(mcp.post(Optional.of(sessions.get(1)), request(2, "ping", "{}")).statusCode())
        .isEqualTo(404);
    assertThat(mcp.post(Optional.of(sessions.get(0)), request(3, "ping", "{}")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void anOwnerEndsItsOwnSessionsBeforeThoseOfOthersAndLeavesThemAPart() throws Exception {
    Sessions sessions = mcp.front.sessions();
    Session mine = open(sessions, Owner.DEFAULT);
    for (int i = 0; i < 3; i++) {
      assertThat(sessions.isFull(TestingMcp.OTHER)).isFalse();
      open(sessions, TestingMcp.OTHER);
    }
    assertThat(sessions.isFull(TestingMcp.OTHER)).as("three of four").isTrue();
    assertThat(sessions.victim(TestingMcp.OTHER).orElseThrow().owner()).isEqualTo(TestingMcp.OTHER);
    assertThat(sessions.victim(Owner.DEFAULT)).contains(mine);
    Owner third = new Owner("user-22222222-2222-4222-8222-222222222222");
    assertThat(sessions.isFull(third)).isTrue();
    assertThat(sessions.victim(third).orElseThrow().owner())
        .as("of whoever has most")
        .isEqualTo(TestingMcp.OTHER);
  }

  @Test
  void aSessionOfALineIsTheLastToMakeRoom() {
    Sessions sessions = mcp.front.sessions();
    Peer line =
        new Peer() {
          @Override
          public void send(String method, Map<String, Object> params) {}

          @Override
          public boolean isLine() {
            return true;
          }
        };
    Session relay =
        sessions.open(Owner.DEFAULT, new ClientInfo("test", "1"), Optional.empty(), line);
    assertThat(sessions.victim(Owner.DEFAULT)).as("the only one").contains(relay);
    Session other = open(sessions, TestingMcp.OTHER);
    assertThat(sessions.victim(Owner.DEFAULT)).contains(other);
    Session mine = open(sessions, Owner.DEFAULT);
    assertThat(sessions.victim(Owner.DEFAULT)).contains(mine);
  }

  private static Session open(Sessions sessions, Owner owner) {
    return sessions.open(
        owner, new ClientInfo("test", "1"), Optional.empty(), (method, params) -> {});
  }

  @Test
  void progressAndLogsArriveBeforeTheAnswer() throws Exception {
    String session = mcp.session();
    mcp.call(session, request(1, "logging/setLevel", "{\"level\":\"warning\"}"));
    String body =
        mcp.post(
                Optional.of(session),
                request(
                    2,
                    "tools/call",
                    "{\"name\":\"report\",\"arguments\":{},\"_meta\":{\"progressToken\":\"t\"}}"))
            .body();
    assertThat(body.indexOf("notifications/progress")).isPositive();
    assertThat(body.indexOf("\"loud\"")).isGreaterThan(body.indexOf("notifications/progress"));
    assertThat(body.indexOf("\"result\"")).isGreaterThan(body.indexOf("\"loud\""));
    assertThat(body).doesNotContain("\"quiet\"").contains("\"client\":\"test\"");
  }

  @Test
  void theTransportsRulesAreKept() throws Exception {
    String session = mcp.session();
    assertThat(mcp.post(Optional.empty(), request(1, "ping", "{}")).statusCode()).isEqualTo(400);
    assertThat(mcp.post(Optional.of("nope"), request(1, "ping", "{}")).statusCode()).isEqualTo(404);
    assertThat(
            mcp.send(
                    mcp.request()
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(TestingMcp.INITIALIZE))
                        .build())
                .statusCode())
        .isEqualTo(406);
    HttpResponse<String> put =
        mcp.send(
            mcp.request()
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(put.headers().firstValue("Allow")).hasValue("GET, POST, DELETE");
    assertThat(
            mcp.send(
                    mcp.request()
                        .header("Content-Type", "application/json")
                        .header("Accept", "*/*")
                        .header("Mcp-Session-Id", session)
                        .header("MCP-Protocol-Version", "1999-01-01")
                        .POST(HttpRequest.BodyPublishers.ofString(request(2, "ping", "{}")))
                        .build())
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void sessionIdsCannotBeGuessed() throws Exception {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      ids.add(mcp.session());
    }
    assertThat(ids).hasSize(4).allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  private void async(String session, String body) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            answers.add(mcp.post(Optional.of(session), body).body());
          } catch (IOException | InterruptedException e) {
            answers.add("failed: " + e);
          }
        });
  }

  static String request(int id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\""
        + method
        + "\",\"params\":"
        + params
        + "}";
  }

  static String toolCall(int id, String tool, String arguments) {
    return request(id, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
  }
}
