package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.relay.OwnerFolder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The address of one agent, in both eras. */
class AgentEndpointTest {
  private static final String ADA = "/mcp/agents/ada";
  private static final String HELLO =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";

  private final HttpClient http = HttpClient.newHttpClient();
  private Path data;
  private Mneme mneme;

  @BeforeEach
  void start() throws Exception {
    data = Files.createTempDirectory("mn").resolve("d");
    Config config =
        Config.load(
            Map.of("data", data.toString(), "server.port", "0", "search.embeddings", "off"),
            Map.of());
    mneme = Mneme.start(config, Role.SERVE, () -> {});
    for (String name : List.of("ada", "bob")) {
      call("/mcp", "agent_create", Map.of("name", name));
      call("/mcp", "memory_rethink", rethink("I am " + name, Map.of("agent", name)));
    }
  }

  @AfterEach
  void stop() {
    mneme.close();
    http.close();
  }

  @Test
  void itHasTheAgentsOwnToolsAndNothingElse() throws Exception {
    JsonNode tools = modern(ADA, "tools/list", Map.of()).at("/result/tools");
    assertThat(tools.findValuesAsText("name"))
        .contains("memory_view", "send_message", "turn_open")
        .doesNotContain("agent_list", "run_python", "calls", "memory_redact", "memory_share");
    assertThat(tools).allMatch(tool -> tool.at("/inputSchema/properties/agent").isMissingNode());
    assertThat(call(ADA, "memory_view", Map.of()).toString()).contains("I am ada");
    assertThat(call(ADA, "memory_view", Map.of("agent", "bob")).toString())
        .contains("unknown_argument")
        .doesNotContain("I am bob");
    assertThat(modern(ADA, "tools/call", Map.of("name", "agent_list")).at("/error/code").asInt())
        .isEqualTo(-32602);
  }

  @Test
  void toolsAttachedToTheAgentAreThereUnlessTheyNeedApproval() throws Exception {
    String agent = call("/mcp", "agent_list", Map.of()).at("/structuredContent/agents").toString();
    String id = Json.parse(agent).get(0).path("id").asText();
    JsonNode all = Json.parse(rest("GET", "/v1/tools/?name=calculator", ""));
    String tool = all.get(0).path("id").asText();
    assertThat(names(ADA)).doesNotContain("calculator");
    String address = "/mcp/agents/" + id;
    rest("PATCH", "/v1/agents/" + id + "/tools/attach/" + tool, "{}");
    assertThat(names(address)).contains("calculator");
    rest(
        "PATCH", "/v1/agents/" + id + "/tools/approval/calculator", "{\"requires_approval\":true}");
    assertThat(names(address)).doesNotContain("calculator");
  }

  @Test
  void resourcesCompletionsAndUndoAreThoseOfTheAgent() throws Exception {
    JsonNode resources = modern(ADA, "resources/list", Map.of()).at("/result/resources");
    assertThat(resources.findValuesAsText("uri"))
        .isNotEmpty()
        .allMatch(uri -> uri.startsWith("memory://agents/ada/") || uri.startsWith("ui://"));
    assertThat(read(ADA, "memory://agents/ada/journal").has("result")).isTrue();
    for (String other :
        List.of("memory://agents/bob/journal", "memory://agents/bob/blocks/human")) {
      assertThat(read(ADA, other).has("error")).isTrue();
      assertThat(read("/mcp", other).has("result")).isTrue();
    }
    List<String> blocks =
        List.of("memory://agents/bob/blocks/human", "memory://agents/ada/blocks/human");
    assertThat(subscribed("/mcp", blocks)).containsExactlyElementsOf(blocks);
    assertThat(subscribed(ADA, blocks)).containsExactly(blocks.getLast());
    long bobs =
        call("/mcp", "memory_history", Map.of("agent", "bob"))
            .at("/structuredContent/entries/0/sequence")
            .asLong();
    assertThat(call(ADA, "memory_undo", Map.of("sequence", bobs)).toString())
        .contains("unknown_sequence");
    assertThat(call(ADA, "memory_undo", Map.of("source", "mcp:client")).toString())
        .contains("unknown_argument");
    long own =
        call(ADA, "memory_history", Map.of()).at("/structuredContent/entries/0/sequence").asLong();
    assertThat(call(ADA, "memory_undo", Map.of("sequence", own)).path("isError").asBoolean())
        .isFalse();
    assertThat(call(ADA, "memory_view", Map.of()).toString()).doesNotContain("I am ada");
    assertThat(call("/mcp", "memory_view", Map.of("agent", "bob")).toString()).contains("I am bob");
  }

  @Test
  void aSessionStaysAtItsAddress() throws Exception {
    String session =
        post(ADA, HELLO, Map.of()).headers().firstValue("mcp-session-id").orElseThrow();
    String view =
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":"
            + "\"memory_view\",\"arguments\":{}}}";
    Map<String, String> headers = Map.of("Mcp-Session-Id", session);
    assertThat(post(ADA, view, headers).body()).contains("I am ada").doesNotContain("I am bob");
    assertThat(post("/mcp", view, headers).statusCode()).isEqualTo(404);
    assertThat(post("/mcp/agents/bob", view, headers).statusCode()).isEqualTo(404);
    String list = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}";
    assertThat(post(ADA, list, headers).body())
        .contains("memory_view")
        .doesNotContain("agent_list");
  }

  @Test
  void aRelayThatNamesAnAgentGetsThatOneAloneInBothEras() throws Exception {
    for (String hello : List.of("", HELLO)) {
      String name = hello.isEmpty() ? "ada" : "made now";
      List<String> answers =
          relayed(
              "{\"mneme\":{\"client\":\"relay\",\"agent\":\"" + name + "\"}}",
              hello,
              message(2, "tools/list", Map.of(), hello.isEmpty()),
              message(
                  3,
                  "tools/call",
                  Map.of("name", "memory_view", "arguments", Map.of()),
                  hello.isEmpty()),
              message(
                  4,
                  "tools/call",
                  Map.of("name", "memory_view", "arguments", Map.of("agent", "bob")),
                  hello.isEmpty()));

      assertThat(answers)
          .anyMatch(line -> line.contains("send_message") && !line.contains("agent_list"))
          .anyMatch(line -> line.contains("unknown_argument"))
          .noneMatch(line -> line.contains("I am bob"));
      assertThat(answers.stream().anyMatch(line -> line.contains("I am ada")))
          .isEqualTo(hello.isEmpty());
    }
    assertThat(call("/mcp", "agent_list", Map.of()).toString()).contains("made now");
  }

  private static String message(int id, String method, Map<String, ?> params, boolean modern) {
    ObjectNode message = Json.mapper().createObjectNode().put("jsonrpc", "2.0").put("id", id);
    ObjectNode all = Json.mapper().valueToTree(params);
    if (modern) {
      ObjectNode meta = all.putObject("_meta");
      meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
      meta.putObject("io.modelcontextprotocol/clientCapabilities");
    }
    message.put("method", method).set("params", all);
    return message.toString();
  }

  /** What is answered to each line that is not empty; what is told besides is passed over. */
  private List<String> relayed(String greeting, String... lines) throws Exception {
    Path socket = new OwnerFolder(data).socketInFolder();
    List<String> answers = new ArrayList<>();
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        OutputStream out = Channels.newOutputStream(channel)) {
      out.write((greeting + "\n").getBytes(StandardCharsets.UTF_8));
      for (String line : lines) {
        if (!line.isEmpty()) {
          out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
          String answer = String.valueOf(reader.readLine());
          while (Json.parse(answer).has("method")) {
            answer = String.valueOf(reader.readLine());
          }
          answers.add(answer);
        }
      }
    }
    return answers;
  }

  @Test
  void whereThereIsNoAgentThereIsNothing() throws Exception {
    for (String none : List.of("/mcp/agents/nobody", "/mcp/agents/", "/mcp/agents/ada/x")) {
      HttpResponse<String> answer = post(none, HELLO, Map.of());
      assertThat(answer.statusCode()).as(none).isEqualTo(404);
    }
    assertThat(
            http.send(
                    request(ADA, HELLO, Map.of("Origin", "https://evil.example")),
                    HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(403);
  }

  private static Map<String, Object> rethink(String text, Map<String, Object> more) {
    Map<String, Object> all = new java.util.HashMap<>(more);
    all.put("label", "persona");
    all.put("new_memory", text);
    return all;
  }

  private List<String> names(String path) throws Exception {
    return modern(path, "tools/list", Map.of()).at("/result/tools").findValuesAsText("name");
  }

  private JsonNode read(String path, String uri) throws Exception {
    return modern(path, "resources/read", Map.of("uri", uri));
  }

  /** Which of some resources a subscription is told it will hear of. */
  private List<String> subscribed(String path, List<String> uris) throws Exception {
    String wanted =
        message(
            7,
            "subscriptions/listen",
            Map.of("notifications", Map.of("resourceSubscriptions", uris)),
            true);
    Map<String, String> headers =
        Map.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "subscriptions/listen");
    HttpResponse<Stream<String>> answer =
        http.send(request(path, wanted, headers), HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = answer.body()) {
      String told = lines.filter(line -> line.startsWith("data: ")).findFirst().orElseThrow();
      JsonNode agreed = Json.parse(told.substring(6)).at("/params/notifications");
      List<String> heard = new ArrayList<>();
      agreed.path("resourceSubscriptions").forEach(uri -> heard.add(uri.asText()));
      return heard;
    }
  }

  private JsonNode call(String path, String tool, Map<String, ?> arguments) throws Exception {
    return modern(path, "tools/call", Map.of("name", tool, "arguments", arguments)).path("result");
  }

  private JsonNode modern(String path, String method, Map<String, ?> params) throws Exception {
    ObjectNode message = Json.mapper().createObjectNode();
    message.put("jsonrpc", "2.0").put("id", 7).put("method", method);
    ObjectNode all = Json.mapper().valueToTree(params);
    ObjectNode meta = all.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
    meta.putObject("io.modelcontextprotocol/clientCapabilities");
    message.set("params", all);
    Map<String, String> headers = new java.util.HashMap<>();
    headers.put("MCP-Protocol-Version", "2026-07-28");
    headers.put("Mcp-Method", method);
    Object name = params.containsKey("uri") ? params.get("uri") : params.get("name");
    if (name != null) {
      headers.put("Mcp-Name", name.toString());
    }
    return Json.parse(post(path, Json.write(message), headers).body());
  }

  private HttpResponse<String> post(String path, String body, Map<String, String> headers)
      throws Exception {
    return http.send(request(path, body, headers), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(mneme.url().orElseThrow() + path))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return request.build();
  }

  private String rest(String method, String path, String body) throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create(mneme.url().orElseThrow() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
