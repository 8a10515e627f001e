package dev.mneme.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.model.Provider;
import dev.mneme.model.http.EndpointClient;
import dev.mneme.model.openai.Dialect;
import dev.mneme.model.openai.OpenAiProvider;
import dev.mneme.net.Credential;
import java.net.URI;

class OpenAiProviderTest extends ProviderContract {
  @Override
  URI base(ScriptedEndpoint at) {
    return at.openai();
  }

  @Override
  Credential credential(URI base) {
    return Credential.bearer("sk-test-key", base);
  }

  @Override
  Provider provider(EndpointClient at) {
    return new OpenAiProvider(at, Dialect.at(at.endpoint().base()));
  }

  @Override
  void checkChoice(JsonNode body) {
    assertThat(body.path("tool_choice").path("function").path("name").asText()).isEqualTo("find");
    assertThat(body.path("parallel_tool_calls").asBoolean(true)).isFalse();
    assertThat(endpoint.seen().getLast().headers())
        .containsEntry("authorization", "Bearer sk-test-key");
  }
}
