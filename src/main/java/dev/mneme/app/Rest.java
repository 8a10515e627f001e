package dev.mneme.app;

import dev.mneme.api.HealthRoutes;
import dev.mneme.api.agents.AgentPassageRoutes;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.RestFace;
import dev.mneme.api.memory.ArchiveRoutes;
import dev.mneme.api.memory.BlockRoutes;
import dev.mneme.api.memory.PassageSearchRoutes;
import dev.mneme.api.memory.WireEmbedding;
import dev.mneme.memory.ArchiveFinder;
import dev.mneme.memory.BlockFinder;
import dev.mneme.store.Database;
import dev.mneme.web.Routes;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The REST face, put together from the services. */
final class Rest {
  private static final int CHUNK = 300;
  private static final int BATCH = 32;

  private Rest() {}

  static Routes of(Config config, Database database, Memory memory) {
    Optional<WireEmbedding> embedding = embedding(config.search());
    ArchiveFinder passages = new ArchiveFinder(database);
    List<Group> groups =
        List.of(
            new HealthRoutes(Version.current()),
            new BlockRoutes(memory.blocks(), new BlockFinder(database)),
            new ArchiveRoutes(memory.archives(), passages, embedding),
            new PassageSearchRoutes(memory.agents(), memory.archives(), embedding),
            new AgentPassageRoutes(memory.agents(), memory.archives(), passages, embedding));
    return new RestFace(groups);
  }

  private static Optional<WireEmbedding> embedding(SearchConfig search) {
    return switch (search.embeddings()) {
      case OFF -> Optional.empty();
      case ON ->
          Optional.of(
              embedding("mneme", "all-MiniLM-L6-v2", 384, "hugging-face", Optional.empty()));
      case PROVIDER ->
          Optional.of(
              embedding(
                  "provider",
                  search.model().orElseThrow(),
                  search.dimensions(),
                  "openai",
                  search.baseUrl()));
    };
  }

  private static WireEmbedding embedding(
      String provider, String model, int dimensions, String type, Optional<URI> endpoint) {
    return new WireEmbedding(
        provider + '/' + model, model, dimensions, type, endpoint.map(URI::toString), CHUNK, BATCH);
  }
}
