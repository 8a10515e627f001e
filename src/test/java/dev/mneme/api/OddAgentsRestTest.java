package dev.mneme.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.api.RestServer.Answer;
import dev.mneme.common.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with an agent is said when it is sent, and changes nothing. */
class OddAgentsRestTest {
  private static final String MODEL = "scripted/echo";

  @RegisterExtension static final RestServer server = new RestServer().script("echo", "hello");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'model': 1}",
        "{'model': 'scripted/none'}",
        "{'model': '/'}",
        "{'llm_config': 1}",
        "{'embedding': 5}",
        "{'system': 5}",
        "{'tool_ids': ['x']}",
        "{'block_ids': ['x']}",
        "{'tool_rules': [{}]}",
        "{'agent_type': 5}",
        "{'agent_type': 'none'}",
        "{'context_window_limit': 'x'}",
        "{'context_window_limit': 0}",
        "{'context_window_limit': -5}",
        "{'model_settings': 5}",
        "{'model_settings': {'temperature': 'hot'}}",
        "{'model_settings': {'max_output_tokens': -1}}",
        "{'compaction_settings': 5}",
        "{'response_format': 5}",
        "{'timezone': 5}",
        "{'timezone': 'Mars/Phobos'}",
        "{'secrets': {'A': 5}}",
        "{'secrets': []}",
        "{'tags': [1]}",
        "{'metadata': []}",
        "{'name': []}",
      })
  void aMistakeIsNamedWhenMakingAndWhenChanging(String body) throws Exception {
    JsonNode wrong = Json.mapper().readTree(body.replace('\'', '"'));
    String path = "/v1/agents/" + make().id();
    JsonNode before = server.get(path).body();
    int count = server.get("/v1/agents/count").body().asInt();

    for (Answer answer : List.of(server.post("/v1/agents/", wrong), server.patch(path, wrong))) {
      assertThat(answer.status()).as(answer.body().toString()).isBetween(400, 422);
      assertThat(answer.body().path("detail").asText()).isNotBlank();
      assertThat(answer.body().path("code").asText()).isNotBlank();
    }
    assertThat(server.get(path).body()).isEqualTo(before);
    assertThat(server.get("/v1/agents/count").body().asInt()).isEqualTo(count);
  }

  @Test
  void aMistakeInOneFieldLeavesTheOthersAsTheyWere() {
    String path = "/v1/agents/" + make().id();
    Answer changed =
        server.patch(path, Map.of("system", "Be brief.", "name", "Eve", "block_ids", List.of("x")));

    assertThat(changed.status()).isEqualTo(422);
    assertThat(server.get(path).body().path("system").asText()).isNotEqualTo("Be brief.");
  }

  @Test
  void aBeginningHasKnownRoles() {
    Answer refused =
        server.post(
            "/v1/agents/",
            Map.of(
                "model",
                MODEL,
                "initial_message_sequence",
                List.of(Map.of("role", "x", "content", "y"))));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("detail").asText()).contains("role");
  }

  @Test
  void anImageIsBase64() {
    Map<String, Object> source =
        Map.of("type", "base64", "media_type", "image/png", "data", "not Base64!");
    Map<String, Object> message =
        Map.of("role", "user", "content", List.of(Map.of("type", "image", "source", source)));
    Answer refused =
        server.post(
            "/v1/agents/" + make().id() + "/messages", Map.of("messages", List.of(message)));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("detail").asText()).contains("Base64");
  }

  @Test
  void anAnswerToNothingIsRefusedInBothForms() {
    String path = "/v1/agents/" + make().id() + "/messages";
    for (Map<String, Object> message :
        List.<Map<String, Object>>of(
            Map.of("type", "approval", "approve", true, "approval_request_id", "message-x"),
            Map.of(
                "type",
                "approval",
                "approvals",
                List.of(Map.of("type", "approval", "tool_call_id", "c", "approve", true))))) {
      Answer refused = server.post(path, Map.of("messages", List.of(message)));
      assertThat(refused.status()).as(refused.body().toString()).isEqualTo(400);
      assertThat(refused.body().path("code").asText()).isEqualTo("no_pending_approval");
    }
    assertThat(server.post(path, Map.of("messages", List.of(Map.of("type", "approval")))).status())
        .isEqualTo(422);
  }

  @Test
  void whatIsNotThereIsAnEmptyListAndSaidWhereItIsWanted() {
    for (String path : List.of("/v1/folders/", "/v1/groups", "/v1/conversations/?agent_id=x")) {
      assertThat(server.get(path).body()).isEqualTo(Json.mapper().createArrayNode());
    }
    Answer refused = server.post("/v1/folders/", Map.of("name", "docs"));
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.body().path("detail").asText()).contains("no folders");
    Answer sleepy = server.post("/v1/agents/", Map.of("model", MODEL, "enable_sleeptime", true));
    assertThat(sleepy.status()).isEqualTo(400);
    assertThat(sleepy.body().path("detail").asText()).contains("enable_sleeptime");
  }

  @Test
  void anAgentMayHaveTheWebWhereNobodyConfiguredASearch() {
    Answer made =
        server.post(
            "/v1/agents/", Map.of("model", MODEL, "tools", List.of("web_search", "fetch_webpage")));
    assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
    JsonNode done =
        server
            .post(
                "/v1/agents/" + made.id() + "/tools/web_search/run",
                Map.of("args", Map.of("query", "herons")))
            .body();
    assertThat(done.path("status").asText()).isEqualTo("error");
    assertThat(done.path("func_return").asText()).contains("EXA_API_KEY");
  }

  private static Answer make() {
    return server.post("/v1/agents/", Map.of("model", MODEL));
  }
}
