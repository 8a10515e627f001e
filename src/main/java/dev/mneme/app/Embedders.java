package dev.mneme.app;

import dev.mneme.model.Embedder;
import dev.mneme.model.EndpointEmbedder;
import dev.mneme.model.EndpointSettings;
import dev.mneme.model.LocalEmbedder;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import dev.mneme.secret.SecretText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The embedding model that the configuration names. Nothing is loaded before it is needed. */
final class Embedders {
  private static final Duration ENDPOINT_TIMEOUT = Duration.ofSeconds(30);
  private static final int MOST_THREADS = 2;

  private Embedders() {}

  /**
   * @param cache a private folder for what can be made again
   */
  static Optional<Embedder> of(SearchConfig config, Path cache, Closing closing) {
    return switch (config.embeddings()) {
      case OFF -> Optional.empty();
      case ON -> {
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
        yield Optional.of(closing.add(new LocalEmbedder(threads, cache)));
      }
      case PROVIDER -> {
        // The configuration was refused without these two.
        URI base = config.baseUrl().orElseThrow();
        String model = config.model().orElseThrow();
        EndpointSettings settings =
            new EndpointSettings(
                base,
                config.apiKey().map(SecretText::reveal),
                model,
                config.dimensions(),
                ENDPOINT_TIMEOUT);
        OutboundClient client = closing.add(new OutboundClient(NetPolicy.PUBLIC_ONLY.naming(base)));
        yield Optional.of(closing.add(new EndpointEmbedder(settings, client)));
      }
    };
  }
}
