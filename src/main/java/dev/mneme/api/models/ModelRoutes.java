package dev.mneme.api.models;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.api.memory.WireEmbedding;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.Models;
import java.util.List;
import java.util.Optional;

/** {@code /v1/models}: what is really there at this moment. */
public final class ModelRoutes implements Group {
  private final Models models;
  private final Optional<WireEmbedding> embedding;

  public ModelRoutes(Models models, Optional<WireEmbedding> embedding) {
    this.models = models;
    this.embedding = embedding;
  }

  private record Model(
      @JsonUnwrapped WireLlmConfig config,
      String name,
      String providerType,
      String modelType,
      int maxContextWindow) {
    static Model of(ModelInfo info) {
      return new Model(
          WireLlmConfig.of(info), info.name(), info.endpointType(), "llm", info.contextWindow());
    }
  }

  private record EmbeddingModel(
      @JsonUnwrapped WireEmbedding config,
      String name,
      String displayName,
      String providerType,
      String providerName,
      String modelType) {
    static EmbeddingModel of(WireEmbedding config) {
      String provider = config.handle().substring(0, config.handle().indexOf('/'));
      return new EmbeddingModel(
          config,
          config.embeddingModel(),
          config.embeddingModel(),
          config.embeddingEndpointType(),
          provider,
          "embedding");
    }
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get("/models", this::list);
    endpoints.get(
        "/models/embedding", _ -> Reply.of(embedding.stream().map(EmbeddingModel::of).toList()));
  }

  private Reply list(Call call) {
    List<String> categories = call.queries("provider_category");
    Optional<String> name = call.query("provider_name");
    Optional<String> type = call.query("provider_type");
    // Providers come from the server's configuration; nobody brings their own.
    boolean base = categories.isEmpty() || categories.contains("base");
    return Reply.of(
        base
            ? models.list().stream()
                .filter(model -> name.isEmpty() || name.get().equals(model.provider()))
                .filter(model -> type.isEmpty() || type.get().equals(model.endpointType()))
                .map(Model::of)
                .toList()
            : List.of());
  }
}
