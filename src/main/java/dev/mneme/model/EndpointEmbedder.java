package dev.mneme.model;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import dev.mneme.net.OutboundClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks an OpenAI-compatible endpoint, through {@code net}. Thread-safe. */
public final class EndpointEmbedder implements Embedder {
  private static final int BATCH = 64;
  private static final int MAX_CHARACTERS = 8_000;

  private final EndpointSettings settings;
  private final EmbeddingModel model;

  public EndpointEmbedder(EndpointSettings settings, OutboundClient client) {
    this.settings = settings;
    this.model =
        OpenAiEmbeddingModel.builder()
            .httpClientBuilder(new NetHttpClientBuilder(client, settings.baseUrl(), settings.key()))
            .baseUrl(settings.baseUrl().toString())
            // The real key is added by the client, and only for the URL it was stored with.
            .apiKey("-")
            .modelName(settings.model())
            .dimensions(settings.dimensions())
            .timeout(settings.timeout())
            .maxRetries(0)
            .maxSegmentsPerBatch(BATCH)
            .build();
  }

  @Override
  public String modelId() {
    return settings.model() + '/' + settings.dimensions() + '@' + settings.baseUrl().getHost();
  }

  @Override
  public int dimensions() {
    return settings.dimensions();
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public boolean loaded() {
    return true;
  }

  @Override
  public float unrelated() {
    return 0f;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    if (texts.isEmpty()) {
      return List.of();
    }
    List<TextSegment> segments =
        texts.stream().map(EndpointEmbedder::readable).map(TextSegment::from).toList();
    List<Embedding> answer;
    try {
      answer = model.embedAll(segments).content();
    } catch (LangChain4jException e) {
      throw unavailable("The embedding endpoint refused the request: " + reason(e), e);
    }
    if (answer.size() != texts.size()) {
      throw unavailable("The embedding endpoint answered with too few vectors.", null);
    }
    List<float[]> vectors = new ArrayList<>(answer.size());
    for (Embedding embedding : answer) {
      vectors.add(Vectors.normalised(embedding.vector(), settings.dimensions()));
    }
    return vectors;
  }

  private static String readable(String text) {
    String cut = Texts.head(text, MAX_CHARACTERS);
    return cut.isBlank() ? "." : cut;
  }

  /** The kind of refusal, not the answer's text: that is written by the other side. */
  private static String reason(LangChain4jException e) {
    return switch (e) {
      case dev.langchain4j.exception.AuthenticationException _ -> "its key is not accepted.";
      case dev.langchain4j.exception.RateLimitException _ -> "too many requests.";
      case dev.langchain4j.exception.ModelNotFoundException _ -> "it does not know the model.";
      case dev.langchain4j.exception.InvalidRequestException _ ->
          "it does not accept the model, the dimensions or the text.";
      default -> "it failed; try again later.";
    };
  }

  private static MnemeException unavailable(
      String message, @org.jspecify.annotations.Nullable Throwable cause) {
    return new MnemeException(
        dev.mneme.common.ErrorKind.UNAVAILABLE, "embedding_unavailable", message, Map.of(), cause);
  }

  @Override
  public void close() {
    // The client belongs to whoever made it.
  }
}
