package dev.mneme.model.wire;

import static dev.mneme.model.Requests.plus;
import static dev.mneme.model.Requests.returned;
import static dev.mneme.model.Requests.said;
import static dev.mneme.model.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.ChatReply;
import dev.mneme.model.Provider;
import dev.mneme.model.anthropic.AnthropicProvider;
import dev.mneme.model.http.EndpointClient;
import dev.mneme.net.Credential;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnthropicProviderTest extends ProviderContract {
  @Override
  URI base(ScriptedEndpoint at) {
    return at.anthropic();
  }

  @Override
  Credential credential(URI base) {
    return new Credential("x-api-key", "sk-test-key", base);
  }

  @Override
  Provider provider(EndpointClient at) {
    return new AnthropicProvider(at);
  }

  @Override
  void checkChoice(JsonNode body) {
    assertThat(body.path("tool_choice").path("name").asText()).isEqualTo("find");
    assertThat(body.path("tool_choice").path("disable_parallel_tool_use").asBoolean()).isTrue();
    assertThat(endpoint.seen().getLast().headers()).containsEntry("x-api-key", "sk-test-key");
  }

  @Test
  void thePrefixThatStaysIsMarkedForTheCache() throws IOException {
    script("cached", "replies: [{text: fine}]");
    ask("cached", List.of(new ChatMessage.Instructions("Be kind."), user("hi")), "find");
    JsonNode body = lastBody();
    assertThat(body.path("system").path(0).path("cache_control").path("type").asText())
        .isEqualTo("ephemeral");
    assertThat(body.findValues("cache_control")).hasSize(2);
    assertThat(body.toString().indexOf("\"tools\""))
        .isLessThan(body.toString().indexOf("\"system\""));
  }

  @Test
  void signedAndHiddenThoughtsGoBackUnchanged() throws IOException {
    script(
        "think-twice",
        """
        replies:
          - match: {step: 1}
            reasoning: A long thought.
            tools: [{name: find}]
          - match: {step: 2}
            reasoning: '[hidden] secret'
            tools: [{name: find}]
          - text: End.
        """);
    List<ChatMessage> messages = List.of(user("go"));
    for (int i = 0; i < 2; i++) {
      ChatReply reply = ask("think-twice", messages, "find");
      messages = plus(messages, said(reply), returned(reply, "x"));
    }
    ask("think-twice", messages, "find");
    JsonNode sent = lastBody().path("messages");
    assertThat(sent.path(1).path("content").path(0).path("signature").asText())
        .isEqualTo(AnthropicWire.signature("A long thought."));
    assertThat(sent.path(3).path("content").path(0).path("type").asText())
        .isEqualTo("redacted_thinking");
    assertThat(sent.path(3).path("content").path(0).path("data").asText()).startsWith("hidden");
  }
}
