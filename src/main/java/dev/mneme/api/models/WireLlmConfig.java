package dev.mneme.api.models;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.api.http.Wire;
import dev.mneme.common.Json;
import dev.mneme.model.ModelInfo;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model with its settings in the older form, which every client still reads. */
public record WireLlmConfig(
    String model,
    String handle,
    String displayName,
    String modelEndpointType,
    Optional<String> modelEndpoint,
    String providerName,
    String providerCategory,
    int contextWindow,
    double temperature,
    int maxTokens,
    boolean enableReasoner,
    Optional<String> reasoningEffort,
    int maxReasoningTokens,
    boolean parallelToolCalls,
    Optional<JsonNode> responseFormat,
    boolean strict,
    boolean putInnerThoughtsInKwargs,
    boolean returnLogprobs,
    boolean returnTokenIds) {
  private static final Map<String, @Nullable Object> ABSENT =
      Wire.absent(
          "model_wrapper",
          "frequency_penalty",
          "compatibility_type",
          "verbosity",
          "effort",
          "tier",
          "tool_call_parser",
          "top_logprobs");
  private static final ObjectNode NONE = Json.mapper().createObjectNode();

  /** A model as it is when nothing is set. */
  public static WireLlmConfig of(ModelInfo model) {
    return of(model, NONE, model.contextWindow());
  }

  /**
   * @param settings as the Letta API writes them, only what was set
   */
  public static WireLlmConfig of(ModelInfo model, ObjectNode settings, int contextWindow) {
    JsonNode effort = settings.path("reasoning").path("reasoning_effort");
    JsonNode format = settings.path("response_format");
    return new WireLlmConfig(
        model.name(),
        model.handle(),
        model.name(),
        model.endpointType(),
        model.endpoint().map(URI::toString),
        model.provider(),
        "base",
        contextWindow,
        settings.path("temperature").asDouble(1.0),
        settings.path("max_output_tokens").asInt(model.maxOutputTokens()),
        model.reasoning(),
        effort.isTextual() ? Optional.of(effort.asText()) : Optional.empty(),
        settings.path("thinking").path("budget_tokens").asInt(0),
        settings.path("parallel_tool_calls").asBoolean(true),
        format.isObject() ? Optional.of(format) : Optional.empty(),
        settings.path("strict").asBoolean(false),
        false,
        false,
        false);
  }

  @JsonAnyGetter
  Map<String, @Nullable Object> absent() {
    return ABSENT;
  }
}
