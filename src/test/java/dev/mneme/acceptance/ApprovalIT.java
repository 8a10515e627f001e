package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.launcher.Beside;
import dev.mneme.launcher.Program;
import dev.mneme.launcher.TestHome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool that the policy marks is called when somebody else agreed, and by no way before. */
@Beside
class ApprovalIT {
  private static final String ALICE = "alice-0123456789";
  private static final String BOB = "bob-0123456789abc";
  private static final String CAROL = "carol-0123456789";
  private static final Map<String, String> SUM = Map.of("expression", "20000 + 22222");

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Path data;
  private ServeProcess server;
  private McpHttp alice;

  @BeforeEach
  void start() throws Exception {
    Path policy =
        Files.writeString(
            folder.resolve("policy.toml"),
            "[[tool]]\nsource = \"library\"\nname = \"calculator\"\napproval = true\n");
    data =
        ServeProcess.configured(
            folder.resolve("data"),
            """
            [auth]
            keys = ["alice:%s", "bob:%s", "carol:%s"]
            approvers = ["alice", "carol"]
            [sandbox]
            untrusted = "graalpy"
            [search]
            embeddings = "off"
            [tools]
            policy = "%s"
            """
                .formatted(ALICE, BOB, CAROL, policy));
    server = ServeProcess.start(data);
    alice = McpHttp.open(server.url(), "test", Optional.of(ALICE));
  }

  @AfterEach
  void stop() {
    alice.close();
    server.close();
    http.close();
  }

  @Test
  void nobodyApprovesTheirOwnCallByAnyWay() throws Exception {
    aClientThatCanAskItsUserDoes();
    String id = pending(alice.call("calculator", SUM));

    // Code may neither call it nor agree to it.
    String script =
        """
        import mneme
        try:
            mneme.tools.calculator(expression="20000 + 22222")
        except mneme.BridgeError as e:
            print(e)
        for name in ("approve", "approvals", "approval"):
            try:
                getattr(mneme.tools, name)(id="%s")
            except Exception as e:
                print(type(e).__name__)
        """
            .formatted(id);
    JsonNode ran = alice.call("run_python", Map.of("code", script));
    assertThat(McpHttp.text(ran)).contains("A person has to agree").doesNotContain("42222");

    // No tool approves, and the asker's key does not either, though it has the scope.
    assertThat(alice.request("tools/list", Map.of()).at("/result/tools").findValuesAsText("name"))
        .noneMatch(name -> name.contains("approv"));
    assertThat(post(ALICE, id, "approve").body()).contains("self_approval");
    assertThat(post(BOB, id, "approve").body()).contains("approve_scope_required");
    assertThat(post("none-0123456789abc", id, "approve").statusCode()).isEqualTo(401);
    assertThat(list(BOB)).isEmpty();
    assertThat(list(ALICE)).isEmpty();
    pending(alice.call("calculator", SUM));

    JsonNode waiting = list(CAROL);
    assertThat(waiting.at("/0/id").asText()).isEqualTo(id);
    assertThat(waiting.at("/0/arguments").asText()).contains("20000 + 22222");
    assertThat(post(CAROL, id, "approve").statusCode()).isEqualTo(200);
    assertThat(McpHttp.text(alice.call("calculator", SUM))).contains("42222");
    String next = pending(alice.call("calculator", SUM));
    assertThat(next).isNotEqualTo(id);

    // The operator does it on the data folder while the server runs.
    assertThat(command("list")).contains(next, "calculator", "owner alice");
    command("approve", next);
    assertThat(McpHttp.text(alice.call("calculator", SUM))).contains("42222");
    command("deny", pending(alice.call("calculator", SUM)));
    assertThat(McpHttp.text(alice.call("calculator", SUM))).contains("approval_denied");
  }

  private void aClientThatCanAskItsUserDoes() throws Exception {
    ObjectNode params = Json.mapper().createObjectNode().put("name", "calculator");
    params.putObject("arguments").put("expression", "6007 * 7");
    JsonNode asked = modern(params);
    assertThat(asked.path("resultType").asText()).isEqualTo("input_required");
    String key = asked.path("inputRequests").fieldNames().next();
    JsonNode form = asked.path("inputRequests").path(key);
    assertThat(form.path("method").asText()).isEqualTo("elicitation/create");
    assertThat(form.at("/params/message").asText())
        .startsWith("Mneme asks")
        .contains("calculator", "policy", "6007 * 7");
    for (String allow : List.of("true", "false")) {
      JsonNode round = allow.equals("true") ? asked : modern(params);
      ObjectNode answered = params.deepCopy();
      answered.set("requestState", round.path("requestState"));
      answered
          .putObject("inputResponses")
          .set(key, Json.parse("{\"action\":\"accept\",\"content\":{\"allow\":" + allow + "}}"));
      assertThat(McpHttp.text(modern(answered)))
          .contains(allow.equals("true") ? "42049" : "approval_denied");
    }
    assertThat(list(CAROL)).isEmpty();
  }

  private JsonNode modern(ObjectNode params) throws Exception {
    ObjectNode all = params.deepCopy();
    ObjectNode meta = all.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
    meta.putObject("io.modelcontextprotocol/clientCapabilities").putObject("elicitation");
    ObjectNode message = Json.mapper().createObjectNode();
    message.put("jsonrpc", "2.0").put("id", 1).put("method", "tools/call").set("params", all);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at("/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", "tools/call")
            .header("Mcp-Name", "calculator")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(message)));
    String body = send(request, ALICE).body();
    // Events, where beats came before the answer.
    int data = body.lastIndexOf("data: ");
    return Json.parse(data < 0 ? body : body.substring(data + 6).strip()).path("result");
  }

  private static String pending(JsonNode result) {
    String text = McpHttp.text(result);
    assertThat(text).contains("approval_pending");
    return text.lines()
        .filter(line -> line.startsWith("approval: "))
        .findFirst()
        .orElseThrow()
        .substring("approval: ".length());
  }

  private String command(String... words) throws Exception {
    String[] all = new String[words.length + 3];
    all[0] = "approvals";
    System.arraycopy(words, 0, all, 1, words.length);
    all[all.length - 2] = "--data";
    all[all.length - 1] = data.toString();
    try (Program program = Program.start(TestHome.launcher(), all)) {
      assertThat(program.exit()).as(program.errors()).isZero();
      return program.rest();
    }
  }

  private JsonNode list(String key) throws Exception {
    return Json.parse(send(HttpRequest.newBuilder(at("/v1/mneme/approvals")).GET(), key).body());
  }

  private HttpResponse<String> post(String key, String id, String word) throws Exception {
    return send(
        HttpRequest.newBuilder(at("/v1/mneme/approvals/" + id + "/" + word))
            .POST(HttpRequest.BodyPublishers.noBody()),
        key);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String key) throws Exception {
    return http.send(
        request.header("Authorization", "Bearer " + key).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI at(String path) {
    return server.url().resolve(path);
  }
}
