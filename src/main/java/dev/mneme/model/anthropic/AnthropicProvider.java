package dev.mneme.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.mneme.model.Exchange;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.Provider;
import dev.mneme.model.http.EndpointClient;
import dev.mneme.model.http.ListedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A provider with {@code BASE/messages}. Thread-safe. */
public final class AnthropicProvider implements Provider {
  public static final String TYPE = "anthropic";

  /** The version of the protocol that is spoken here. */
  public static final String VERSION = "2023-06-01";

  private static final int GUESSED_WINDOW = 200_000;

  private final EndpointClient client;

  public AnthropicProvider(EndpointClient client) {
    this.client = client;
  }

  @Override
  public String name() {
    return client.endpoint().provider();
  }

  @Override
  public boolean builtIn() {
    return false;
  }

  @Override
  public List<ModelInfo> list() {
    List<ModelInfo> models = new ArrayList<>();
    for (JsonNode entry : client.get("/models?limit=1000").path("data")) {
      if (!entry.path("id").asText().isBlank()) {
        models.add(info(entry.path("id").asText(), entry));
      }
    }
    return models;
  }

  @Override
  public Optional<ModelInfo> describe(String model) {
    return Optional.of(info(model, MissingNode.getInstance()));
  }

  @Override
  public Exchange open(ModelInfo model) {
    return (request, listener, _) -> {
      AnthropicStream stream = new AnthropicStream(listener);
      client.stream("/messages", AnthropicRequest.of(request, model), stream);
      return stream.reply();
    };
  }

  private ModelInfo info(String name, JsonNode entry) {
    return ListedModel.of(client.endpoint(), TYPE, name, entry, true, GUESSED_WINDOW);
  }
}
