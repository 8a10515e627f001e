package dev.mneme.api.memory;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.mneme.api.http.Wire;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How passages are embedded: one setting of the server, shown wherever clients expect it. */
public record WireEmbedding(
    String handle,
    String embeddingModel,
    int embeddingDim,
    String embeddingEndpointType,
    Optional<String> embeddingEndpoint,
    int embeddingChunkSize,
    int batchSize) {
  private static final Map<String, @Nullable Object> ABSENT =
      Wire.absent("azure_endpoint", "azure_version", "azure_deployment");

  @JsonAnyGetter
  Map<String, @Nullable Object> absent() {
    return ABSENT;
  }
}
