package dev.mneme.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.mcp.server.catalog.ServerCard;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SocketFrontTest {
  @TempDir private Path folder;
  private final TestingCatalog catalog = new TestingCatalog();
  private final TestingMcp mcp =
      new TestingMcp(
          catalog.withAgents(), new FrontLimits(100_000, 64, 4, 8, Duration.ofMinutes(10)));
  private Path path;
  private SocketServer server;

  @BeforeEach
  void start() throws IOException {
    path = folder.resolve("s");
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(path));
    server =
        SocketServer.start(channel, mcp.front, mcp.era(), mcp.modern(), mcp.catalog().agents());
  }

  @AfterEach
  void stop() {
    server.close();
    mcp.close();
  }

  @Test
  void theAnswerToInitializeIsTheCardTheRelayAnswersWith() throws IOException {
    try (LineClient client = new LineClient(path)) {
      client.send(TestingMcp.INITIALIZE);
      assertThat(client.receive().path("result")).isEqualTo(ServerCard.load().result());
    }
  }

  @Test
  void aCallIsAnsweredEvenWhenInitializedWasNeverSent() throws IOException {
    try (LineClient client = new LineClient(path)) {
      client.send(TestingMcp.INITIALIZE);
      client.receive();
      client.send(HttpFrontTest.toolCall(1, "echo", "{\"a\":\"ü\"}"));
      assertThat(client.receive().at("/result/structuredContent/a").asText()).isEqualTo("ü");
    }
  }

  @Test
  void aRelaysGreetingNamesTheAgent() throws IOException {
    try (LineClient client = new LineClient(path)) {
      client.send("{\"mneme\":{\"client\":\"relay\",\"agent\":\"writer\"}}");
      client.begin();
      client.send(HttpFrontTest.toolCall(1, "report", "{}"));
      JsonNode message = client.receive();
      while (!message.has("result")) {
        message = client.receive();
      }
      assertThat(message.at("/result/structuredContent/agent").asText()).isEqualTo("id-of-writer");
    }
  }

  @Test
  void aClientIsAskedWhereItCanAskItsUser() throws IOException {
    try (LineClient client = new LineClient(path)) {
      client.send(TestingMcp.ASKING);
      client.receive();
      for (String answer :
          List.of(
              "{\"action\":\"accept\",\"content\":{\"answer\":\"b\"}}"
                  + " Given[value={\"answer\":\"b\"}]",
              "{\"action\":\"decline\"} Declined[]",
              "{\"action\":\"cancel\"} Closed[]",
              "{\"action\":\"agree\"} Nobody[why=the client did not answer]")) {
        client.send(HttpFrontTest.toolCall(1, "ask", "{}"));
        JsonNode asked = client.receive();
        assertThat(asked.path("method").asText()).isEqualTo("elicitation/create");
        assertThat(asked.at("/params/message").asText())
            .isEqualTo("Code asks (do not give secrets): Which?");
        assertThat(asked.at("/params/requestedSchema/properties/answer/enum"))
            .hasToString("[\"a\",\"b\"]");
        client.send(
            "{\"jsonrpc\":\"2.0\",\"id\":"
                + asked.path("id")
                + ",\"result\":"
                + answer.substring(0, answer.lastIndexOf("} ") + 1)
                + "}");
        assertThat(client.receive().at("/result/structuredContent/reply").asText())
            .isEqualTo(answer.substring(answer.lastIndexOf("} ") + 2));
      }
    }
  }

  @Test
  void aQuestionThatIsNotWaitedForAnyMoreIsWithdrawn() throws IOException {
    try (LineClient client = new LineClient(path)) {
      client.send(TestingMcp.ASKING);
      client.receive();
      client.send(HttpFrontTest.toolCall(1, "ask", "{}"));
      JsonNode asked = client.receive();
      client.send(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
      JsonNode withdrawn = client.receive();
      assertThat(withdrawn.path("method").asText()).isEqualTo("notifications/cancelled");
      assertThat(withdrawn.at("/params/requestId")).isEqualTo(asked.path("id"));
      // A late answer is nobody's, and no harm.
      client.send("{\"jsonrpc\":\"2.0\",\"id\":" + asked.path("id") + ",\"result\":{}}");
      client.send(HttpFrontTest.request(2, "ping", "{}"));
      assertThat(client.receive().path("id").asInt()).isEqualTo(2);
    }
  }

  @Test
  void aClientThatCannotAskIsNotAskedAndItsAnswersAreIgnored() throws IOException {
    try (LineClient client = new LineClient(path)) {
      client.begin();
      client.send("{\"jsonrpc\":\"2.0\",\"id\":\"x-0\",\"result\":{\"action\":\"accept\"}}");
      client.send(HttpFrontTest.toolCall(1, "ask", "{}"));
      assertThat(client.receive().at("/result/structuredContent/reply").asText())
          .isEqualTo("Nobody[why=the client cannot ask its user]");
    }
  }

  @Test
  void callsRunSideBySideAndCanBeCancelled() throws Exception {
    try (LineClient client = new LineClient(path)) {
      client.begin();
      client.send(HttpFrontTest.toolCall(1, "wait", "{}"));
      assertThat(catalog.waiting.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      client.send(HttpFrontTest.toolCall(2, "echo", "{}"));
      assertThat(client.receive().path("id").asInt()).isEqualTo(2);
      client.send(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
      assertThat(catalog.interrupted.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      client.send(HttpFrontTest.request(3, "ping", "{}"));
      assertThat(client.receive().path("id").asInt()).isEqualTo(3);
    }
  }

  @Test
  void aClientThatGoesTakesItsCallsAndItsSessionAlong() throws Exception {
    try (LineClient client = new LineClient(path)) {
      client.begin();
      client.send(HttpFrontTest.toolCall(1, "wait", "{}"));
      assertThat(catalog.waiting.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.connections()).isEqualTo(1);
    }
    assertThat(catalog.interrupted.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    Awaitility.await()
        .untilAsserted(() -> {
          assertThat(server.connections()).isZero();
          assertThat(mcp.front.sessions().size()).isZero();
        });
  }

  @Test
  void wrongMessagesAreAnsweredAndTheConnectionGoesOn() throws IOException {
    try (LineClient client = new LineClient(path)) {
      client.send(HttpFrontTest.request(1, "ping", "{}"));
      assertThat(client.receive().at("/error/message").asText()).contains("initialize");
      client.begin();
      assertThat(client.error("no json")).isEqualTo(-32700);
      assertThat(client.error("[]")).isEqualTo(-32600);
      assertThat(client.error("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}"))
          .isEqualTo(-32600);
      assertThat(client.error(HttpFrontTest.request(5, "no/such", "{}"))).isEqualTo(-32601);
      assertThat(client.error("\"" + "x".repeat(200_000) + "\"")).isEqualTo(-32600);
      assertThat(client.error(TestingMcp.INITIALIZE)).isEqualTo(-32600);
      client.send(HttpFrontTest.toolCall(6, "echo", "{}"));
      assertThat(client.receive().has("result")).isTrue();
    }
  }

  @Test
  void bothErasAreServedOnOneConnection() throws IOException {
    try (LineClient client = new LineClient(path)) {
      client.send(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"params\":{\"_meta\":"
              + "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
              + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}");
      assertThat(client.receive().at("/result/supportedVersions/0").asText())
          .isEqualTo("2026-07-28");
      client.begin();
    }
  }

  @Test
  void updatesAndNewToolsAreToldToThoseWhoListen() throws IOException {
    try (LineClient client = new LineClient(path)) {
      client.begin();
      client.send(
          HttpFrontTest.request(
              1, "resources/subscribe", "{\"uri\":\"memory://agents/a/blocks/note\"}"));
      client.receive();
      catalog.change("second");
      JsonNode update = client.receive();
      assertThat(update.path("method").asText()).isEqualTo("notifications/resources/updated");
      assertThat(update.at("/params/uri").asText()).isEqualTo("memory://agents/a/blocks/note");
      catalog.add("late");
      assertThat(client.receive().path("method").asText())
          .isEqualTo("notifications/tools/list_changed");
      client.send(HttpFrontTest.request(2, "tools/list", "{}"));
      assertThat(client.receive().at("/result/tools").findValuesAsText("name")).endsWith("late");
      client.send(
          HttpFrontTest.request(
              3, "resources/unsubscribe", "{\"uri\":\"memory://agents/a/blocks/note\"}"));
      client.receive();
      catalog.change("third");
      client.send(HttpFrontTest.request(4, "ping", "{}"));
      assertThat(client.receive().path("id").asInt()).isEqualTo(4);
    }
  }
}
