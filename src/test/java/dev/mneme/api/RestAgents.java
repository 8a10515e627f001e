package dev.mneme.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.api.RestServer.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes agents for tests. */
final class RestAgents {
  private RestAgents() {}

  /**
   * @param more further fields, each followed by its value
   */
  static String make(RestServer server, String model, Object... more) {
    Map<String, Object> body = new HashMap<>();
    body.put("model", "scripted/" + model);
    body.put("memory_blocks", List.of(Map.of("label", "human", "value", "Nothing known.")));
    for (int i = 0; i < more.length; i += 2) {
      body.put((String) more[i], more[i + 1]);
    }
    Answer made = server.post("/v1/agents/", body);
    assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
    return made.id();
  }
}
