package dev.mneme.app;

import static dev.mneme.model.Requests.text;
import static dev.mneme.model.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.MnemeException;
import dev.mneme.model.ChatListener;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.Models;
import dev.mneme.model.Requests;
import dev.mneme.model.wire.ScriptedEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageModelsTest {
  @TempDir Path data;
  @TempDir Path remote;
  private final Closing closing = new Closing();
  private ScriptedEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    endpoint = ScriptedEndpoint.start(0, remote);
    Files.writeString(
        remote.resolve("far.yaml"), "model: {context_window: 7000}\nreplies: [{text: from afar}]");
  }

  @AfterEach
  void stop() throws IOException {
    closing.close();
    endpoint.close();
  }

  private Models models(Map<String, String> environment) {
    Config config = Config.load(Map.of("data", data.toString()), environment);
    return LanguageModels.of(config.models(), data.resolve("models"), new Random(1), closing);
  }

  private static String ask(Models models, String handle) {
    return text(models.open(handle).chat(Requests.of(user("hi")), ChatListener.NONE));
  }

  @Test
  void aLocalServerNeedsItsAddressOnly() {
    String bare = endpoint.openai().resolve("/").toString();
    Models models = models(Map.of("OPENAI_BASE_URL", bare, "OLLAMA_BASE_URL", bare));
    assertThat(models.list())
        .extracting(ModelInfo::handle)
        .containsExactly("ollama/far", "openai/far");
    assertThat(ask(models, "openai/far")).isEqualTo("from afar");
    assertThat(endpoint.seen().getLast().headers()).doesNotContainKey("authorization");
  }

  @Test
  void keysGoToTheAddressTheyCameWith() {
    Models models =
        models(
            Map.of(
                "ANTHROPIC_BASE_URL",
                endpoint.anthropic().toString(),
                "ANTHROPIC_API_KEY",
                "sk-ant-1",
                "OPENAI_BASE_URL",
                endpoint.openai().toString(),
                "OPENAI_API_KEY",
                "sk-oai-1"));
    assertThat(ask(models, "anthropic/far")).isEqualTo("from afar");
    assertThat(endpoint.seen().getLast().headers())
        .containsEntry("x-api-key", "sk-ant-1")
        .containsEntry("anthropic-version", "2023-06-01")
        .doesNotContainKey("authorization");
    assertThat(ask(models, "openai/far")).isEqualTo("from afar");
    assertThat(endpoint.seen().getLast().headers())
        .containsEntry("authorization", "Bearer sk-oai-1")
        .doesNotContainKey("x-api-key");
  }

  @Test
  void scriptsAreBesideProvidersAndUnknownHandlesNameWhatThereIs() throws IOException {
    Files.createDirectory(data.resolve("models"));
    Files.writeString(data.resolve("models/near.yaml"), "replies: [{text: from here}]");
    Models models = models(Map.of("OPENAI_BASE_URL", endpoint.openai().toString()));
    assertThat(ask(models, "scripted/near")).isEqualTo("from here");
    for (String handle : List.of("openai/nope", "nope", "nowhere/far", "openai/", "/far")) {
      assertThatThrownBy(() -> models.info(handle))
          .isInstanceOfSatisfying(
              MnemeException.class, e -> assertThat(e.code()).isEqualTo("unknown_model"))
          .hasMessageContainingAll("openai/far", "scripted/near");
    }
  }

  @Test
  void theOperatorKnowsBetter() {
    Models models =
        models(
            Map.of(
                "OPENAI_BASE_URL", endpoint.openai().toString(),
                "MNEME_MODELS_DEFAULT_MODEL", "openai/far",
                "MNEME_MODELS_LIMITS", "openai/fa*=9000/100+reasoning-tools,openai/mine=5000"));
    ModelInfo far = models.byDefault().orElseThrow();
    assertThat(far.contextWindow()).isEqualTo(9000);
    assertThat(far.maxOutputTokens()).isEqualTo(100);
    assertThat(far.reasoning()).isTrue();
    assertThat(far.tools()).isFalse();
    // Named in the configuration, so that it need not be listed.
    assertThat(models.info("openai/mine").contextWindow()).isEqualTo(5000);
  }

  @Test
  void aProviderThatDoesNotListMayStillBeUsed() throws IOException {
    endpoint.close();
    Models models = models(Map.of("OPENAI_BASE_URL", endpoint.openai().toString()));
    assertThat(models.list()).isEmpty();
    ModelInfo known = models.info("openai/gpt-4o-mini");
    assertThat(known.contextWindow()).isEqualTo(128_000);
    assertThat(known.known()).isTrue();
    assertThat(models.info("openai/whatever").known()).isFalse();
  }

  @Test
  void withNothingConfiguredTheWaysOutAreNamed() {
    assertThatThrownBy(() -> models(Map.of()).open("openai/gpt-4o"))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("no_model"));
  }
}
