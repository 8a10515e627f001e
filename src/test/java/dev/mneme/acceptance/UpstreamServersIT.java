package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.launcher.Beside;
import dev.mneme.launcher.NodePrograms;
import dev.mneme.launcher.Owners;
import dev.mneme.launcher.Program;
import dev.mneme.launcher.TestHome;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real MCP servers from npm as upstreams, used by the official Letta client and over MCP. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Beside
class UpstreamServersIT {
  private static final String FILES = "@modelcontextprotocol/server-filesystem";
  private static final String GRAPH = "@modelcontextprotocol/server-memory";
  private static final String EVERYTHING = "@modelcontextprotocol/server-everything";
  private static final String THINKING = "@modelcontextprotocol/server-sequential-thinking";
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private Path files;

  @BeforeEach
  void start() throws Exception {
    NodePrograms.require(NodePrograms.LETTA, FILES, GRAPH, EVERYTHING, THINKING);
    files = Files.createDirectory(folder.resolve("files")).toRealPath();
    Files.writeString(files.resolve("note.txt"), "the word is xylophone");
  }

  private static String program(String name) {
    return NodePrograms.MODULES.resolve(name).resolve("dist/index.js").toString();
  }

  private static Map<String, Object> node(String... arguments) {
    return Map.of("command", NodePrograms.NODE.toString(), "args", List.of(arguments));
  }

  private static Map<String, Object> served(Map<String, Object> entry, Map<String, Object> more) {
    Map<String, Object> all = new java.util.HashMap<>(entry);
    all.putAll(more);
    all.put("serve", true);
    return all;
  }

  private Path data(Map<String, ?> servers, String more) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("servers.json"), Json.write(Map.of("mcpServers", servers)));
    Path data =
        ServeProcess.configured(folder.resolve("data"), "[mcp]\nservers = '" + file + "'\n" + more);
    Path models = Files.createDirectories(data.resolve("models"));
    try (Stream<Path> all = Files.list(Path.of("src/test/node/letta/models"))) {
      for (Path script : all.toList()) {
        Files.copy(script, models.resolve(script.getFileName()));
      }
    }
    return data;
  }

  @Test
  void theLettaClientAndAnAgentUseThem() throws Exception {
    int port = freePort();
    try (Program everything =
            Program.start(
                Map.of("PORT", Integer.toString(port)),
                NodePrograms.NODE,
                program(EVERYTHING),
                "streamableHttp");
        ServeProcess server =
            ServeProcess.start(
                data(
                    Map.of("files", node(program(FILES), files.toString())),
                    "hosts = ['localhost:" + port + "']\n"))) {
      await().atMost(LONG).until(() -> everything.errors().contains(Integer.toString(port)));
      List<String> command =
          List.of(
              NodePrograms.NODE.toString(),
              Path.of("src/test/node/letta/mcp.mjs").toAbsolutePath().toString(),
              server.url().toString(),
              files.resolve("note.txt").toString());
      String said =
          NodePrograms.run(
              folder, Map.of("URL_OF_ANOTHER", "http://localhost:" + port + "/mcp"), command);
      assertThat(said).contains("one over HTTP").endsWith("ok\n");
      assertThat(files.resolve("note.txt.smuggled")).doesNotExist();
    }
  }

  @Test
  void theirToolsAreHandedOnOverMcpAndNothingIsLeftBehind() throws Exception {
    Path graph = folder.resolve("graph.json");
    Map<String, Object> servers =
        Map.of(
            "files", served(node(program(FILES), files.toString()), Map.of("trusted", true)),
            "graph",
                served(
                    node(program(GRAPH)),
                    Map.of("env", Map.of("MEMORY_FILE_PATH", graph.toString()))),
            "every", served(node(program(EVERYTHING)), Map.of()),
            "thinking", served(node(program(THINKING)), Map.of()),
            "private", node(program(EVERYTHING)),
            "broken", Map.of("command", "/nowhere/at/all", "serve", true),
            "unset", Map.of("command", "x", "env", Map.of("K", "${MNEME_NOT_SET}")));
    List<ProcessHandle> started = new ArrayList<>();
    try (ServeProcess server = ServeProcess.start(data(servers, ""))) {
      try (McpHttp client = server.client("gateway")) {
        await()
            .atMost(LONG)
            .until(() ->
                names(client)
                    .containsAll(
                        List.of(
                            "files__read_text_file",
                            "graph__create_entities",
                            "every__echo",
                            "thinking__sequentialthinking")));
        assertThat(names(client)).noneMatch(name -> name.startsWith("private__"));
        String note = files.resolve("note.txt").toString();
        assertThat(McpHttp.text(client.call("files__read_text_file", Map.of("path", note))))
            .isEqualToIgnoringWhitespace("the word is xylophone");
        client.done(
            "graph__create_entities",
            Map.of(
                "entities",
                List.of(
                    Map.of("name", "Ada", "entityType", "person", "observations", List.of("x")))));
        assertThat(McpHttp.text(client.call("graph__read_graph", Map.of()))).contains("Ada");
        assertThat(McpHttp.text(client.call("every__echo", Map.of("message", "there"))))
            .contains("there");
        assertThat(
                McpHttp.text(
                    client.call(
                        "thinking__sequentialthinking",
                        Map.of(
                            "thought",
                            "What has keys and opens no lock?",
                            "nextThoughtNeeded",
                            false,
                            "thoughtNumber",
                            1,
                            "totalThoughts",
                            1))))
            .contains("thoughtHistoryLength");
        assertThat(
                client
                    .call("files__read_text_file", Map.of("path", "/etc/passwd"))
                    .path("isError")
                    .asBoolean())
            .isTrue();
        assertThat(McpHttp.text(client.call("calls", Map.of("tool", "graph__read_graph"))))
            .contains("upstream");
        aTrustedServerIsBelievedThatItOnlyReads(client, note);
      }
      ProcessHandle.of(server.pid()).ifPresent(self -> self.descendants().forEach(started::add));
      assertThat(started.stream().filter(ProcessHandle::isAlive).count()).isGreaterThanOrEqualTo(4);
      ProcessHandle.of(server.pid()).ifPresent(ProcessHandle::destroy);
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(started).noneMatch(ProcessHandle::isAlive));
    }
  }

  private static void aTrustedServerIsBelievedThatItOnlyReads(McpHttp client, String note)
      throws Exception {
    assertThat(onlyReads(client, "files__read_text_file")).isTrue();
    assertThat(onlyReads(client, "files__write_file")).isFalse();
    assertThat(onlyReads(client, "every__echo")).as("of a server that is not trusted").isFalse();
    assertThat(script(client, "mneme.tools.files__read_text_file(path='" + note + "')"))
        .contains("xylophone");
    assertThat(script(client, "mneme.tools.files__write_file(path='" + note + "', content='x')"))
        .contains("ApprovalRequired");
    assertThat(script(client, "mneme.tools.every__echo(message='there')"))
        .contains("ApprovalRequired");
  }

  private static boolean onlyReads(McpHttp client, String name) throws Exception {
    for (JsonNode tool : client.request("tools/list", Map.of()).path("result").path("tools")) {
      if (tool.path("name").asText().equals(name)) {
        return tool.path("annotations").path("readOnlyHint").asBoolean();
      }
    }
    throw new AssertionError("there is no tool " + name);
  }

  private static String script(McpHttp client, String call) throws Exception {
    return McpHttp.text(
        client.call("run_python", Map.of("code", "import mneme\nprint(" + call + ")")));
  }

  /** The transport from before streamable HTTP, named and found out. */
  @Test
  void aServerOverTheOlderHttpIsUsedToo() throws Exception {
    int port = freePort();
    String url = "http://localhost:" + port + "/sse";
    Map<String, Object> servers =
        Map.of(
            "named", Map.of("type", "sse", "url", url, "serve", true),
            "found", Map.of("url", url, "serve", true));
    try (Program everything =
            Program.start(
                Map.of("PORT", Integer.toString(port)),
                NodePrograms.NODE,
                program(EVERYTHING),
                "sse");
        ServeProcess server = ServeProcess.start(data(servers, ""));
        McpHttp client = server.client("gateway")) {
      await()
          .atMost(LONG)
          .until(() -> names(client).containsAll(List.of("named__echo", "found__echo")));
      for (String name : List.of("named__echo", "found__echo")) {
        assertThat(McpHttp.text(client.call(name, Map.of("message", "there")))).contains("there");
      }
      assertThat(everything.errors()).isNotNull();
    }
  }

  @Test
  void anotherMnemeIsAServerLikeAnyOther() throws Exception {
    Path near = ServeProcess.configured(folder.resolve("near"), "");
    try (ServeProcess far = ServeProcess.start(folder.resolve("far"));
        ServeProcess server =
            ServeProcess.start(
                data(
                    Map.of(
                        "near",
                        Map.of(
                            "command",
                            TestHome.launcher().toString(),
                            "args",
                            List.of("mcp", "--data", near.toString()),
                            "serve",
                            true),
                        "far",
                        Map.of("url", far.url().resolve("/mcp").toString(), "serve", true)),
                    ""));
        McpHttp client = server.client("outer")) {
      for (String name : List.of("near", "far")) {
        await().atMost(LONG).until(() -> answers(client, name + "__memory_view"));
        client.call(
            name + "__memory_rethink", Map.of("label", "human", "new_memory", "lives in " + name));
        assertThat(McpHttp.text(client.call(name + "__memory_view", Map.of("label", "human"))))
            .contains("lives in " + name);
      }
      assertThat(McpHttp.text(client.call("memory_view", Map.of("label", "human"))))
          .doesNotContain("lives in");
      ProcessHandle owner = Owners.of(near).orElseThrow();
      Files.writeString(folder.resolve("servers.json"), "{\"mcpServers\":{}}");
      await().atMost(LONG).until(() -> relays(near) == 0);
      assertThat(owner.isAlive()).as("it serves other windows too").isTrue();
    } finally {
      Owners.of(near).ifPresent(ProcessHandle::destroy);
    }
  }

  private static boolean answers(McpHttp client, String tool) throws Exception {
    JsonNode answer = client.request("tools/call", Map.of("name", tool, "arguments", Map.of()));
    return answer.has("result") && !answer.path("result").path("isError").asBoolean();
  }

  private static long relays(Path data) {
    return ProcessHandle.allProcesses()
        .map(one -> one.info().commandLine().orElse(""))
        .filter(line -> line.contains("relay.Relay") && line.contains(data.toString()))
        .count();
  }

  private static List<String> names(McpHttp client) throws Exception {
    JsonNode tools = client.request("tools/list", Map.of()).path("result").path("tools");
    List<String> names = new ArrayList<>();
    tools.forEach(tool -> names.add(tool.path("name").asText()));
    return names;
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
