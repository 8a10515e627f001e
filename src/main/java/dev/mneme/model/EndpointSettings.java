package dev.mneme.model;

import dev.mneme.common.MnemeException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * An OpenAI-compatible embeddings endpoint.
 *
 * @param baseUrl such as {@code https://api.openai.com/v1}
 * @param key the key stored with that URL; absent where none is needed
 * @param timeout for one request
 */
public record EndpointSettings(
    URI baseUrl, Optional<String> key, String model, int dimensions, Duration timeout) {
  private static final int MAX_DIMENSIONS = 1024;

  public EndpointSettings {
    if (model.isBlank()) {
      throw MnemeException.invalid(
          "embedding_settings", "The embedding endpoint needs the name of a model.");
    }
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw MnemeException.invalid(
          "embedding_settings",
          "The dimensions of the embedding model are 1 to "
              + MAX_DIMENSIONS
              + "; larger models can be asked for fewer.");
    }
  }

  @Override
  public String toString() {
    return "EndpointSettings[" + baseUrl + ", " + model + ", " + dimensions + "]";
  }
}
