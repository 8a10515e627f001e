package dev.mneme.app;

import dev.mneme.secret.SecretText;
import java.net.URI;
import java.util.Optional;

/**
 * Model providers; each is usable when its key, or for Ollama its address, is there.
 *
 * @param openai also for every endpoint that speaks the same protocol
 */
public record ModelsConfig(Provider openai, Provider anthropic, Provider gemini, Provider ollama) {

  /**
   * One provider's key and address.
   *
   * @param baseUrl absent: the provider's own address
   */
  public record Provider(Optional<SecretText> apiKey, Optional<URI> baseUrl) {
    static Provider read(ConfigReader in, String name) {
      String variable = name.toUpperCase(java.util.Locale.ROOT);
      return new Provider(
          in.secret("models." + name + ".api-key", variable + "_API_KEY"),
          in.url("models." + name + ".base-url", variable + "_BASE_URL"));
    }
  }

  static ModelsConfig read(ConfigReader in) {
    return new ModelsConfig(
        Provider.read(in, "openai"),
        Provider.read(in, "anthropic"),
        Provider.read(in, "gemini"),
        Provider.read(in, "ollama"));
  }
}
