package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.launcher.NodePrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tools of real servers and of the library that are too many to be listed, for clients and agents.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ManyToolsIT {
  private static final String FILES = "@modelcontextprotocol/server-filesystem";
  private static final String EVERYTHING = "@modelcontextprotocol/server-everything";

  @TempDir Path folder;
  private ServeProcess server;
  private McpHttp client;
  private Rest rest;
  private String note;

  @BeforeEach
  void start() throws Exception {
    NodePrograms.require(FILES, EVERYTHING);
    Path files = Files.createDirectory(folder.resolve("files")).toRealPath();
    note = Files.writeString(files.resolve("note.txt"), "the word is xylophone").toString();
    Map<String, ?> servers =
        Map.of(
            "files",
            Map.of(
                "command",
                NodePrograms.NODE.toString(),
                "args",
                List.of(program(FILES), files.toString()),
                "serve",
                true),
            "every",
            Map.of(
                "command",
                NodePrograms.NODE.toString(),
                "args",
                List.of(program(EVERYTHING)),
                "serve",
                true,
                "sampling",
                Map.of("calls", 1)));
    Path list =
        Files.writeString(
            folder.resolve("servers.json"), Json.write(Map.of("mcpServers", servers)));
    Path policy =
        Files.writeString(
            folder.resolve("policy.toml"),
            "[[tool]]\nsource = \"library\"\nname = \"calculator\"\napproval = true\n");
    Path data =
        ServeProcess.configured(
            folder.resolve("data"),
            """
            [mcp]
            servers = "%s"
            [models]
            default-model = "scripted/finder"
            [search]
            embeddings = "off"
            [tools]
            max-listed = 3
            policy = "%s"
            """
                .formatted(list, policy));
    Files.createDirectories(data.resolve("models"));
    Files.writeString(
        data.resolve("models/finder.yaml"),
        """
        replies:
          - match: {contains: Switzerland}
            text: It is Bern.
          - match: {from: user, contains: note}
            tools: [{name: search_tools, arguments: {query: read a text file}}]
          - match: {tool: search_tools, contains: files__read_text_file}
            tools:
              - name: call_tool
                arguments: {name: files__read_text_file, arguments: {path: '%s'}}
          - match: {tool: call_tool, matches: 'word is (\\w+)'}
            text: 'It says {{match.1}}.'
        """
            .formatted(note));
    server = ServeProcess.start(data);
    client = server.client("many");
    rest = new Rest(server.url());
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() ->
            found("read a text file").contains("files__read_text_file")
                && found("trigger sampling request").contains("every__trigger-sampling-request"));
  }

  @AfterEach
  void stop() {
    rest.close();
    client.close();
    server.close();
  }

  private static String program(String name) {
    return NodePrograms.MODULES.resolve(name).resolve("dist/index.js").toString();
  }

  private JsonNode tools() throws Exception {
    return client.request("tools/list", Map.of()).at("/result/tools");
  }

  private String found(String words) throws Exception {
    return McpHttp.text(client.call("search_tools", Map.of("query", words)));
  }

  private JsonNode through(String tool, Map<String, ?> arguments) throws Exception {
    return client.call("call_tool", Map.of("name", tool, "arguments", arguments));
  }

  @Test
  void clientsAndAgentsFindThemAndCallThemAsIfTheyWereListed() throws Exception {
    assertThat(tools().findValuesAsText("name"))
        .contains("memory_view", "search_tools", "call_tool")
        .noneMatch(name -> name.contains("__") || name.equals("calculator"));
    assertThat(found("read a text file")).contains("def files__read_text_file(", "path: str");

    assertThat(McpHttp.text(through("files__read_text_file", Map.of("path", note))))
        .contains("xylophone");
    assertThat(McpHttp.text(through("files__read_text_file", Map.of("file", note))))
        .contains("The arguments of files__read_text_file have this JSON Schema");
    assertThat(McpHttp.text(through("calculator", Map.of("expression", "1 + 1"))))
        .startsWith("Error (approval_pending)");

    Map<String, ?> question =
        Map.of("prompt", "What is the capital of Switzerland?", "maxTokens", 50);
    assertThat(McpHttp.text(through("every__trigger-sampling-request", question)))
        .contains("It is Bern.", "scripted/finder");
    assertThat(McpHttp.text(through("every__trigger-sampling-request", question)))
        .doesNotContain("Bern");

    anAgentDoesToo();

    JsonNode reads = rest.get("/v1/mneme/calls?tool=files__read_text_file");
    assertThat(reads.findValuesAsText("tool")).hasSizeGreaterThanOrEqualTo(3);
    assertThat(rest.get("/v1/mneme/calls?tool=every/sampling").findValuesAsText("tool")).hasSize(1);
  }

  private void anAgentDoesToo() throws Exception {
    List<String> ids = new ArrayList<>();
    for (String name :
        List.of("files__read_text_file", "files__write_file", "date_math", "text_diff")) {
      ids.add(rest.get("/v1/tools/?name=" + name).at("/0/id").asText());
    }
    assertThat(ids).doesNotContain("");
    String agent =
        rest.post(
                "/v1/agents/",
                Map.of(
                    "name",
                    "finder",
                    "agent_type",
                    "letta_v1_agent",
                    "model",
                    "scripted/finder",
                    "tool_ids",
                    ids,
                    "include_base_tools",
                    false))
            .path("id")
            .asText();
    JsonNode answer = rest.say(agent, "What does the note say?");

    assertThat(Rest.said(answer)).isEqualTo("It says xylophone.");
    assertThat(answer.path("messages").findValuesAsText("message_type"))
        .containsSubsequence("tool_call_message", "tool_return_message", "assistant_message");
  }
}
