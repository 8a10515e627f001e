package dev.mneme.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a model is to answer; what is absent is the provider's default.
 *
 * @param responseFormat as the Letta API writes it: {@code {type: json_object}} or {@code
 *     json_schema}; absent: text
 * @param reasoning whether the model may think before it answers, where it can
 * @param reasoningEffort such as {@code low}, where the provider has words for it
 * @param reasoningTokens a budget, where the provider takes one
 */
public record ChatSettings(
    OptionalDouble temperature,
    OptionalInt maxOutputTokens,
    boolean parallelToolCalls,
    Optional<ObjectNode> responseFormat,
    boolean reasoning,
    Optional<String> reasoningEffort,
    OptionalInt reasoningTokens) {
  public static final ChatSettings DEFAULT =
      new ChatSettings(
          OptionalDouble.empty(),
          OptionalInt.empty(),
          true,
          Optional.empty(),
          true,
          Optional.empty(),
          OptionalInt.empty());
}
