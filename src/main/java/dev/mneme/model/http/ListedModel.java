package dev.mneme.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.ModelTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Figures of a model from what its provider lists, else from the table, else guessed. */
public final class ListedModel {
  private static final List<String> CONTEXT =
      List.of(
          "context_length",
          "context_window",
          "max_model_len",
          "max_context_length",
          "max_input_tokens",
          "loaded_context_length");
  private static final List<String> OUTPUT =
      List.of("max_completion_tokens", "max_output_tokens", "max_tokens", "max_output_length");
  private static final int SMALLEST = 256;

  private ListedModel() {}

  /**
   * @param entry of the provider's list; missing if it does not list
   * @param asTrained whether the provider runs models with the window the table has
   * @param guess the context window to assume where nothing is known
   */
  public static ModelInfo of(
      Endpoint endpoint, String type, String name, JsonNode entry, boolean asTrained, int guess) {
    Optional<ModelTable.Family> family = ModelTable.find(name);
    Optional<ModelTable.Family> window = family.filter(_ -> asTrained);
    OptionalInt told = first(entry, CONTEXT);
    if (told.isEmpty()) {
      told = first(entry.path("meta"), List.of("n_ctx"));
    }
    int context = told.orElse(window.map(ModelTable.Family::contextWindow).orElse(guess));
    OptionalInt output = first(entry, OUTPUT);
    if (output.isEmpty()) {
      output = first(entry.path("top_provider"), OUTPUT);
    }
    int usual =
        family.map(ModelTable.Family::maxOutputTokens).orElse(Math.max(SMALLEST, context / 4));
    JsonNode abilities = entry.path("supported_parameters");
    boolean tools = !abilities.isArray() || has(abilities, "tools");
    boolean reasoning =
        abilities.isArray()
            ? has(abilities, "reasoning")
            : family.map(ModelTable.Family::reasoning).orElse(false);
    return new ModelInfo(
        endpoint.provider() + '/' + name,
        name,
        endpoint.provider(),
        type,
        Optional.of(endpoint.base()),
        context,
        Math.min(output.orElse(usual), context),
        tools,
        reasoning,
        told.isPresent() || window.isPresent());
  }

  private static OptionalInt first(JsonNode entry, List<String> fields) {
    return fields.stream()
        .map(entry::path)
        .filter(value -> value.canConvertToInt() && value.intValue() >= SMALLEST)
        .mapToInt(JsonNode::intValue)
        .findFirst();
  }

  private static boolean has(JsonNode list, String word) {
    for (JsonNode item : list) {
      if (item.asText().equals(word)) {
        return true;
      }
    }
    return false;
  }
}
