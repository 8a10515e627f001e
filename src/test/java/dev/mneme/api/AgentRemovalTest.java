package dev.mneme.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AgentRemovalTest {
  @RegisterExtension static final RestServer SERVER = new RestServer().script("plain", "I see.");

  @Test
  void whatWasSaidToADeletedAgentIsGone() {
    String agent = RestAgents.make(SERVER, "plain");
    String other = RestAgents.make(SERVER, "plain");
    Map<String, String> input = Map.of("input", "The vault code is 4711.");
    assertThat(SERVER.post("/v1/agents/" + agent + "/messages", input).status()).isEqualTo(200);
    assertThat(found()).contains("4711");

    assertThat(SERVER.delete("/v1/agents/" + agent).status()).isEqualTo(200);

    assertThat(found()).doesNotContain("4711");
    assertThat(SERVER.get("/v1/agents/" + agent + "/messages").status()).isEqualTo(404);
    assertThat(SERVER.get("/v1/agents/" + other).status()).isEqualTo(200);
  }

  private static String found() {
    return SERVER.post("/v1/messages/search", Map.of("query", "vault code")).body().toString();
  }
}
