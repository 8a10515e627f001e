package dev.mneme.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.api.RestServer.Answer;
import dev.mneme.common.Json;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ToolsRestIT {
  private static final Map<String, String> OLDER = Map.of("X-Fern-SDK-Version", "0.1.324");
  private static final String ADD =
      """
      def add_up(a: int, b: int = 2) -> int:
          \"""
          Adds two numbers.

          Args:
              a (int): The first.
              b (int): The second.
          \"""
          print("adding")
          return a + b
      """;

  @RegisterExtension static final RestServer server = new RestServer().script("echo", "hello");

  @Test
  void aToolIsMadeFromItsSourceChangedAndDeleted() {
    Answer made = server.post("/v1/tools/", Map.of("source_code", ADD, "tags", List.of("sums")));
    assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
    assertThat(made.body().path("name").asText()).isEqualTo("add_up");
    assertThat(made.body().path("tool_type").asText()).isEqualTo("custom");
    assertThat(made.body().path("json_schema").path("parameters").path("required"))
        .extracting(JsonNode::asText)
        .containsExactly("a");
    assertThat(made.body().has("metadata_")).isTrue();

    Answer again = server.post("/v1/tools", Map.of("source_code", ADD));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.mayRetry()).isFalse();
    assertThat(server.put("/v1/tools/", Map.of("source_code", ADD)).id()).isEqualTo(made.id());
    assertThat(
            server
                .patch("/v1/tools/" + made.id(), Map.of("description", "Sums."))
                .body()
                .path("description")
                .asText())
        .isEqualTo("Sums.");
    assertThat(names("/v1/tools/?name=add_up")).containsExactly("add_up");
    assertThat(names("/v1/tools/?tool_types=letta_core&limit=100"))
        .contains("send_message")
        .doesNotContain("add_up");
    JsonNode found = server.post("/v1/tools/search", Map.of("query", "sums")).body();
    assertThat(found.path(0).path("tool").path("name").asText()).isEqualTo("add_up");

    assertThat(server.delete("/v1/tools/" + made.id()).body().isNull()).isTrue();
    assertThat(server.get("/v1/tools/" + made.id()).status()).isEqualTo(404);
  }

  @Test
  void packagesOfAToolAreRefusedByNameUnlessTheOperatorAllowsThem() {
    Map<String, Object> run =
        Map.of(
            "source_code",
            ADD,
            "args",
            Map.of("a", 40),
            "pip_requirements",
            List.of(Map.of("name", "mnemetestnone", "version", "1.0")));
    JsonNode answer = server.post("/v1/tools/run", run).body();
    assertThat(answer.path("status").asText()).isEqualTo("error");
    assertThat(answer.path("tool_return").asText())
        .isEqualTo(
            "The code needs the packages mnemetestnone==1.0, and the operator allows none"
                + " (sandbox.packages.allow).");
  }

  @Test
  void whatIsRunForAClientThatGoesAwayIsCancelled() throws Exception {
    String loop =
        ADD.replace("add_up", "add_forever").replace("print(", "while True: pass\n    print(");
    String body = Json.write(Map.of("source_code", loop, "args", Map.of("a", 1)));
    try (Socket socket = new Socket("localhost", server.port())) {
      String head =
          "POST /v1/tools/run HTTP/1.1\r\nHost: localhost:"
              + server.port()
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n";
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(100))
        .untilAsserted(() -> {
          JsonNode calls = server.get("/v1/mneme/calls?tool=add_forever&limit=1").body();
          assertThat(calls.at("/0/outcome").asText()).isEqualTo("protocol_error");
          assertThat(calls.at("/0/reason").asText()).isEqualTo("cancelled");
        });
  }

  @Test
  void whatWasRunStandsInTheLedgerWithoutItsEnvironment() {
    Map<String, Object> run =
        Map.of(
            "source_code",
            ADD.replace("add_up", "add_noted"),
            "args",
            Map.of("a", 40),
            "env_vars",
            Map.of("TOKEN", "not-to-be-seen"));
    JsonNode answer = server.post("/v1/tools/run", run).body();
    assertThat(answer.path("tool_return").asText()).isEqualTo("42");
    JsonNode calls = server.get("/v1/mneme/calls?tool=add_noted&limit=5").body();
    assertThat(calls).hasSize(1);
    assertThat(calls.at("/0/outcome").asText()).isEqualTo("ok");
    assertThat(calls.at("/0/source").asText()).isEqualTo("custom");
    assertThat(calls.at("/0/face").asText()).isEqualTo("rest");
    assertThat(calls.at("/0/arguments").asText()).isEqualTo("{\"a\":40}");
    assertThat(calls.at("/0/backend").asText())
        .isIn("graalpy", "docker")
        .isEqualTo(answer.path("sandbox").asText());
    assertThat(calls.at("/0/run_micros").asLong()).isPositive();
    assertThat(calls.toString()).doesNotContain("not-to-be-seen");
    assertThat(server.get("/v1/mneme/calls?outcome=protocol_error&tool=add_noted").body())
        .isEmpty();
    assertThat(server.get("/v1/mneme/calls?limit=0").status()).isEqualTo(422);
    assertThat(server.get("/v1/mneme/calls?before=" + calls.at("/0/id").asText()).body())
        .noneMatch(call -> call.path("tool").asText().equals("add_noted"));
  }

  @Test
  void aFileThatCodeMadeIsFoundByItsIdAndGivenToALaterCall() {
    String source =
        """
        import os

        def pass_on() -> int:
            \"""Adds a letter to a file.\"""
            text = open("/in/text").read() if os.path.exists("/in/text") else ""
            with open("/out/text", "w") as file:
                file.write(text + "a")
            return len(text)
        """;
    JsonNode first = server.post("/v1/tools/run", Map.of("source_code", source)).body();
    String id = first.at("/files/0/id").asText();
    JsonNode kept = server.get("/v1/mneme/files/" + id).body();
    assertThat(kept.path("name").asText()).isEqualTo("text");
    assertThat(kept.path("data").asText()).isEqualTo("YQ==");
    JsonNode second =
        server
            .post(
                "/v1/tools/run",
                Map.of("source_code", source, "files", List.of(Map.of("from", id))))
            .body();
    assertThat(second.path("tool_return").asText()).isEqualTo("1");
    assertThat(second.at("/files/0/data").asText()).isEqualTo("YWE=");
    String other = id.substring(0, id.length() - 1) + (id.endsWith("0") ? "1" : "0");
    assertThat(server.get("/v1/mneme/files/" + other).status()).isEqualTo(404);
  }

  @Test
  void aSourceThatIsNoToolIsRefusedWithTheReason() {
    assertThat(server.post("/v1/tools", Map.of()).status()).isEqualTo(422);
    Answer bad = server.post("/v1/tools", Map.of("source_code", "def f(x):\n    return x\n"));
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.body().path("detail").asText()).contains("x");
  }

  @Test
  void aSourceIsTriedWithoutBeingKept() {
    JsonNode returned =
        server.post("/v1/tools/run", Map.of("source_code", ADD, "args", Map.of("a", 40))).body();
    assertThat(returned.path("status").asText()).as(returned.toString()).isEqualTo("success");
    assertThat(returned.path("tool_return").asText()).isEqualTo("42");
    assertThat(returned.path("stdout").path(0).asText()).contains("adding");
  }

  @Test
  void pagesOfToolsHoldEachOnce() {
    List<String> all = names("/v1/tools/?limit=1000");
    List<String> walked = new ArrayList<>();
    JsonNode page = server.get("/v1/tools/?limit=4").body();
    while (!page.isEmpty()) {
      page.forEach(tool -> walked.add(tool.path("name").asText()));
      String last = page.path(page.size() - 1).path("id").asText();
      page = server.get("/v1/tools/?limit=4&after=" + last).body();
    }
    assertThat(walked).isEqualTo(all);
    assertThat(server.get("/v1/tools/count").body().asInt()).isEqualTo(all.size());
  }

  @Test
  void anAgentsToolsAreAttachedRunAndMadeToNeedApproval() {
    String source =
        """
        def note(agent_state: "AgentState", text: str) -> str:
            \"""
            Notes a text.

            Args:
                text (str): What to note.
            \"""
            agent_state.memory.update_block_value(label="notes", value=text)
            return "noted"
        """;
    Answer tool = server.post("/v1/tools", Map.of("source_code", source));
    assertThat(tool.status()).as(tool.body().toString()).isEqualTo(200);
    String agent =
        server
            .post(
                "/v1/agents",
                Map.of(
                    "model",
                    "scripted/echo",
                    "include_base_tools",
                    false,
                    "memory_blocks",
                    List.of(Map.of("label", "notes", "value", "none"))))
            .id();
    String path = "/v1/agents/" + agent + "/tools";
    assertThat(server.post(path + "/note/run", Map.of()).status()).isEqualTo(404);

    Answer attached = server.send("PATCH", path + "/attach/" + tool.id(), "", Map.of());
    assertThat(attached.body().isNull()).isTrue();
    assertThat(names(path)).containsExactly("note");
    Answer ran = server.post(path + "/note/run", Map.of("args", Map.of("text", "milk")));
    assertThat(ran.body().path("status").asText()).as(ran.body().toString()).isEqualTo("success");
    assertThat(ran.body().path("func_return").asText()).isEqualTo("noted");
    assertThat(
            server
                .get("/v1/agents/" + agent + "/core-memory/blocks/notes")
                .body()
                .path("value")
                .asText())
        .isEqualTo("milk");

    String approval = path + "/approval/note";
    Answer older = server.send("PATCH", approval, "{\"requires_approval\":true}", OLDER);
    assertThat(older.body().path("tool_rules").path(0).path("type").asText())
        .isEqualTo("requires_approval");
    server.send("PATCH", approval + "?requires_approval=false", "", Map.of());
    Answer detached = server.send("PATCH", path + "/detach/" + tool.id(), "", OLDER);
    assertThat(detached.body().path("tools")).isEmpty();
    assertThat(detached.body().path("tool_rules")).isEmpty();
  }

  private static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    server.get(path).body().forEach(tool -> names.add(tool.path("name").asText()));
    return names;
  }
}
