package dev.mneme.app;

import dev.mneme.model.ModelOverride;
import dev.mneme.secret.SecretText;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Language models; a provider is usable when its key or its address is there.
 *
 * @param defaultModel the handle of the model that agents get where none is named
 * @param limits figures against those of providers, in the form of {@link ModelOverride}
 * @param silence how long a model may send nothing
 * @param openai also for every endpoint that speaks the same protocol
 */
public record ModelsConfig(
    Optional<String> defaultModel,
    List<String> limits,
    Duration silence,
    Provider openai,
    Provider anthropic,
    Provider gemini,
    Provider ollama) {

  /**
   * One provider's key and address.
   *
   * @param baseUrl absent: the provider's own address
   */
  public record Provider(Optional<SecretText> apiKey, Optional<URI> baseUrl) {
    boolean configured() {
      return apiKey.isPresent() || baseUrl.isPresent();
    }

    static Provider read(ConfigReader in, String name) {
      String variable = name.toUpperCase(java.util.Locale.ROOT);
      return new Provider(
          in.secret("models." + name + ".api-key", variable + "_API_KEY"),
          in.url("models." + name + ".base-url", variable + "_BASE_URL"));
    }
  }

  static ModelsConfig read(ConfigReader in) {
    return new ModelsConfig(
        in.text("models.default-model"),
        in.list("models.limits", ModelOverride.FORM, ModelOverride.ALLOWED),
        in.duration(
            "models.silence", Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofHours(1)),
        Provider.read(in, "openai"),
        Provider.read(in, "anthropic"),
        Provider.read(in, "gemini"),
        Provider.read(in, "ollama"));
  }
}
