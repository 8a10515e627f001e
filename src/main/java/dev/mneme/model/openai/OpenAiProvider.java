package dev.mneme.model.openai;

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
import java.util.regex.Pattern;

/** A provider with chat completions at {@code BASE/chat/completions}. Thread-safe. */
public final class OpenAiProvider implements Provider {
  public static final String TYPE = "openai";

  private static final int MAX_LISTED = 2000;

  /** Models that do not chat, in OpenAI's list and in those of others. */
  private static final Pattern OTHER_KINDS =
      Pattern.compile(
          ".*(embed|whisper|tts|dall-e|moderation|realtime|transcribe|image|audio|rerank|sora"
              + "|davinci|babbage|imagen|veo|aqa).*");

  private final EndpointClient client;
  private final Dialect dialect;

  public OpenAiProvider(EndpointClient client, Dialect dialect) {
    this.client = client;
    this.dialect = dialect;
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
    JsonNode answer = client.get("/models");
    JsonNode data = answer.isArray() ? answer : answer.path("data");
    List<ModelInfo> models = new ArrayList<>();
    for (JsonNode entry : data) {
      String id = entry.path("id").asText();
      String name = id.startsWith("models/") ? id.substring("models/".length()) : id;
      if (!name.isBlank() && !OTHER_KINDS.matcher(name).matches() && models.size() < MAX_LISTED) {
        models.add(info(name, entry));
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
    return new OpenAiExchange(client, dialect, model);
  }

  private ModelInfo info(String name, JsonNode entry) {
    return ListedModel.of(
        client.endpoint(), TYPE, name, entry, dialect.windowsAsTrained(), dialect.guessedWindow());
  }
}
