package dev.mneme.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.api.RestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AgentsRestTest {
  private static final String MODEL = "scripted/echo";

  @RegisterExtension static final RestServer server = new RestServer().script("echo", "hello");

  @Test
  void anAgentIsMadeReadChangedAndDeleted() {
    Answer made =
        server.post(
            "/v1/agents/",
            Map.of(
                "name",
                "Ada",
                "model",
                MODEL,
                "memory_blocks",
                List.of(Map.of("label", "human", "value", "Bob")),
                "tags",
                List.of("books"),
                "secrets",
                Map.of("KEY", "abc"),
                "hidden",
                true));
    assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
    assertThat(made.body().path("llm_config").path("handle").asText()).isEqualTo(MODEL);
    assertThat(made.body().path("memory").path("blocks").path(0).path("value").asText())
        .isEqualTo("Bob");
    assertThat(made.body().path("secrets").path(0).path("value").asText()).isEqualTo("abc");
    assertThat(made.body().path("hidden").asBoolean()).isTrue();
    assertThat(made.body().has("more")).isFalse();
    assertThat(made.body().get("multi_agent_group").isNull()).isTrue();

    String path = "/v1/agents/" + made.id();
    Answer changed = server.patch(path, Map.of("system", "Be brief.", "name", "Eve"));
    assertThat(changed.body().path("system").asText()).isEqualTo("Be brief.");
    assertThat(changed.body().path("name").asText()).isEqualTo("Eve");
    assertThat(changed.body().path("tags").path(0).asText()).isEqualTo("books");
    assertThat(server.get(path).body()).isEqualTo(changed.body());

    assertThat(server.delete(path).body().isNull()).isTrue();
    assertThat(server.get(path).status()).isEqualTo(404);
  }

  @Test
  void builtInToolsOfAnAgentCanBeRunByHandWhereTheyMeanSomethingOutsideOfATurn() {
    String agent =
        "/v1/agents/"
            + server
                .post(
                    "/v1/agents/",
                    Map.of(
                        "model",
                        MODEL,
                        "memory_blocks",
                        List.of(Map.of("label", "notes", "value", "one"))))
                .id();
    JsonNode done = runTool(agent, "memory_insert", Map.of("label", "notes", "new_string", "two"));
    assertThat(done.path("status").asText()).as(done.toString()).isEqualTo("success");
    assertThat(server.get(agent + "/core-memory/blocks/notes").body().path("value").asText())
        .isEqualTo("one\ntwo");
    JsonNode found = runTool(agent, "archival_memory_search", Map.of("query", "anything"));
    assertThat(found.path("status").asText()).as(found.toString()).isEqualTo("success");
    JsonNode wrong = runTool(agent, "memory_insert", Map.of("label", "none", "new_string", "x"));
    assertThat(wrong.path("status").asText()).isEqualTo("error");
    assertThat(wrong.path("func_return").asText()).contains("none");
    assertThat(wrong.path("func_return").asText()).contains("memory_insert");
    assertThat(server.post(agent + "/tools/no_such_tool/run", Map.of()).status()).isEqualTo(404);
  }

  private static JsonNode runTool(String agent, String tool, Map<String, Object> arguments) {
    return server.post(agent + "/tools/" + tool + "/run", Map.of("args", arguments)).body();
  }

  @Test
  void whatMakingAnAgentAnswersIsWhatReadingItAnswers() {
    Answer made =
        server.post(
            "/v1/agents/",
            Map.of(
                "name",
                "Grace",
                "model",
                MODEL,
                "memory_blocks",
                List.of(Map.of("label", "human", "value", "Bob"))));
    assertThat(made.body().path("tools")).isNotEmpty();
    assertThat(made.body().path("blocks")).isNotEmpty();
    assertThat(made.body().path("message_ids")).isNotEmpty();
    assertThat(made.body()).isEqualTo(server.get("/v1/agents/" + made.id()).body());
  }

  @Test
  void modelsOfAnOlderConfigurationAreUnderstood() {
    Answer made =
        server.post(
            "/v1/agents",
            Map.of(
                "llm_config",
                Map.of(
                    "model",
                    "echo",
                    "model_endpoint_type",
                    "scripted",
                    "context_window",
                    9000,
                    "temperature",
                    0.2)));
    JsonNode config = made.body().path("llm_config");
    assertThat(config.path("handle").asText()).isEqualTo(MODEL);
    assertThat(config.path("context_window").asInt()).isEqualTo(9000);
    assertThat(config.path("temperature").asDouble()).isEqualTo(0.2);
    assertThat(made.body().path("model_settings").path("temperature").asDouble()).isEqualTo(0.2);
    assertThat(made.body().path("name").asText()).isNotEmpty();
  }

  @Test
  void pagesOfAgentsGoOnInBothDirections() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.add(make("page " + i, "page").id());
    }
    assertThat(ids("/v1/agents/?tags=page&limit=3")).isEqualTo(all.reversed().subList(0, 3));
    assertThat(ids("/v1/agents/?tags=page&limit=3&after=" + all.get(4)))
        .isEqualTo(List.of(all.get(3), all.get(2), all.get(1)));
    assertThat(ids("/v1/agents/?tags=page&limit=2&before=" + all.get(1)))
        .isEqualTo(List.of(all.get(3), all.get(2)));
    assertThat(ids("/v1/agents/?tags=page&order=asc&limit=2&before=" + all.get(5)))
        .isEqualTo(List.of(all.get(3), all.get(4)));
    assertThat(server.get("/v1/agents/count?tags=page").body().asInt()).isEqualTo(7);
  }

  @Test
  void blocksAreHeldByLabel() {
    String agent = make("holder", "hold").id();
    String block = server.post("/v1/blocks", Map.of("label", "plan", "value", "first")).id();
    String path = "/v1/agents/" + agent + "/core-memory";
    Answer attached = server.send("PATCH", path + "/blocks/attach/" + block, "", Map.of());
    assertThat(attached.body().path("blocks").findValuesAsText("label")).contains("plan");
    assertThat(server.patch(path + "/blocks/plan", Map.of("value", "second")).status())
        .isEqualTo(200);
    assertThat(server.get("/v1/blocks/" + block).body().path("value").asText()).isEqualTo("second");
    assertThat(server.get(path).body().path("blocks")).hasSize(1);
    assertThat(server.get(path + "/blocks/none").status()).isEqualTo(404);
    assertThat(server.get("/v1/blocks/" + block + "/agents").body().path(0).path("id").asText())
        .isEqualTo(agent);
    assertThat(
            server
                .send("PATCH", path + "/blocks/detach/" + block, "", Map.of())
                .body()
                .path("blocks"))
        .isEmpty();
  }

  @Test
  void modelsAndTagsAreListed() {
    make("tagged", "zebra");
    JsonNode models = server.get("/v1/models/").body();
    assertThat(models.findValuesAsText("handle")).contains(MODEL);
    assertThat(models.path(0).path("model_type").asText()).isEqualTo("llm");
    assertThat(server.get("/v1/models/embedding").body()).isEmpty();
    assertThat(server.get("/v1/tags/?query_text=zeb").body().toString()).isEqualTo("[\"zebra\"]");
  }

  private static Answer make(String name, String tag) {
    return server.post("/v1/agents", Map.of("name", name, "model", MODEL, "tags", List.of(tag)));
  }

  private static List<String> ids(String path) {
    List<String> ids = new ArrayList<>();
    server.get(path).body().forEach(agent -> ids.add(agent.path("id").asText()));
    return ids;
  }
}
