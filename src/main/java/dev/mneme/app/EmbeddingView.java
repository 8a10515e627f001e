package dev.mneme.app;

import dev.mneme.api.memory.WireEmbedding;
import java.net.URI;
import java.util.Optional;

/** The server's embedding setting as REST clients are shown it. */
final class EmbeddingView {
  private static final int CHUNK = 300;
  private static final int BATCH = 32;

  private EmbeddingView() {}

  static Optional<WireEmbedding> of(SearchConfig search) {
    return switch (search.embeddings()) {
      case OFF -> Optional.empty();
      case ON ->
          Optional.of(view("mneme", "all-MiniLM-L6-v2", 384, "hugging-face", Optional.empty()));
      case PROVIDER ->
          Optional.of(
              view(
                  "provider",
                  search.model().orElseThrow(),
                  search.dimensions(),
                  "openai",
                  search.baseUrl()));
    };
  }

  private static WireEmbedding view(
      String provider, String model, int dimensions, String type, Optional<URI> endpoint) {
    return new WireEmbedding(
        provider + '/' + model, model, dimensions, type, endpoint.map(URI::toString), CHUNK, BATCH);
  }
}
