package dev.mneme.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The era without sessions, on a line. */
class ModernSocketTest {
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}}}";

  @TempDir private Path folder;

  private final TestingCatalog catalog = new TestingCatalog();
  private final TestingMcp mcp = new TestingMcp(catalog.withAgents(), FrontLimits.DEFAULT);
  private SocketServer server;
  private LineClient client;

  @BeforeEach
  void start() throws IOException {
    Path path = folder.resolve("s");
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(path));
    server =
        SocketServer.start(channel, mcp.front, mcp.era(), mcp.modern(), mcp.catalog().agents());
    client = new LineClient(path);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
    mcp.close();
  }

  @Test
  void requestsNeedNoInitialize() throws IOException {
    client.send(request(1, "tools/call", "\"name\":\"echo\",\"arguments\":{\"a\":1},"));
    assertThat(client.receive().at("/result/structuredContent/a").asInt()).isEqualTo(1);
    assertThat(client.error(request(2, "ping", ""))).isEqualTo(-32601);
    assertThat(client.error(request(3, "tools/list", "").replace("2026-07-28", "2027-01-01")))
        .isEqualTo(-32022);
    assertThat(mcp.sessions().size()).isZero();
  }

  @Test
  void theAgentOfTheGreetingIsMeant() throws IOException {
    client.send("{\"mneme\":{\"client\":\"relay\",\"agent\":\"writer\"}}");
    client.send(request(1, "tools/call", "\"name\":\"report\","));
    assertThat(client.receive().at("/result/structuredContent/agent").asText())
        .isEqualTo("id-of-writer");
  }

  @Test
  void aQuestionTakesTwoRounds() throws IOException {
    client.send(request(1, "tools/call", "\"name\":\"ask\","));
    JsonNode first = client.receive().path("result");
    assertThat(first.path("resultType").asText()).isEqualTo("input_required");
    String answers =
        "\"inputResponses\":{\"question\":{\"action\":\"decline\"}},\"requestState\":"
            + first.path("requestState")
            + ",";
    client.send(request(2, "tools/call", "\"name\":\"ask\"," + answers));
    assertThat(client.receive().at("/result/structuredContent/reply").asText())
        .contains("Declined");
  }

  @Test
  void aSubscriptionLastsUntilItIsCancelled() throws IOException {
    client.send(
        request(7, "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true},"));
    assertThat(client.receive().path("method").asText())
        .isEqualTo("notifications/subscriptions/acknowledged");
    await().atMost(Duration.ofSeconds(20)).until(() -> toldOfTools("one"));
    client.send(cancelled(7));
    client.send(request(8, "tools/call", "\"name\":\"echo\","));
    JsonNode next = client.receive();
    while (next.has("method")) {
      next = client.receive();
    }
    assertThat(next.path("id").asInt()).isEqualTo(8);
  }

  @Test
  void aCancelledCallIsInterruptedAndNotAnswered() throws Exception {
    client.send(request(1, "tools/call", "\"name\":\"wait\","));
    assertThat(catalog.waiting.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    client.send(cancelled(1));
    assertThat(catalog.interrupted.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    client.send(request(2, "tools/call", "\"name\":\"echo\","));
    assertThat(client.receive().path("id").asInt()).isEqualTo(2);
  }

  @Test
  void whoGoesCancelsWhatIsUnderWay() throws Exception {
    client.send(request(1, "tools/call", "\"name\":\"wait\","));
    assertThat(catalog.waiting.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    client.close();
    assertThat(catalog.interrupted.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoGoesBetweenTwoRoundsLeavesNoQuestionOpen() throws Exception {
    client.send(request(1, "tools/call", "\"name\":\"ask\","));
    assertThat(client.receive().at("/result/resultType").asText()).isEqualTo("input_required");
    client.close();
    assertThat(catalog.replies.poll(20, TimeUnit.SECONDS)).contains("the client did not answer");
  }

  private boolean toldOfTools(String tool) throws IOException {
    catalog.add(tool);
    JsonNode note = client.receive();
    return note.path("method").asText().equals("notifications/tools/list_changed")
        && note.at("/params/_meta/io.modelcontextprotocol~1subscriptionId").asInt() == 7;
  }

  private static String request(int id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\""
        + method
        + "\",\"params\":{"
        + params
        + META
        + "}}";
  }

  private static String cancelled(int id) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
        + id
        + "}}";
  }
}
