package dev.mneme.model;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the operator says about a model, against whatever else is said about it.
 *
 * @param handle the model, or all that begin so when it ends in {@code *}
 */
public record ModelOverride(
    String handle,
    OptionalInt contextWindow,
    OptionalInt maxOutputTokens,
    Optional<Boolean> tools,
    Optional<Boolean> reasoning) {
  /** {@code handle=context[/output][+reasoning|-reasoning][+tools|-tools]}. */
  public static final Pattern FORM =
      Pattern.compile(
          "([a-z]{1,20}/[^\\s=]{1,200})=([1-9][0-9]{2,8})?(?:/([1-9][0-9]{1,8}))?"
              + "((?:[+-](?:reasoning|tools)){0,2})");

  public static final String ALLOWED =
      "texts such as \"ollama/qwen3*=32768\" or \"openai/my-model=131072/8192+reasoning-tools\"";

  /**
   * @param text in the {@link #FORM}
   */
  public static ModelOverride parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    String flags = parts.group(4);
    return new ModelOverride(
        parts.group(1),
        number(parts.group(2)),
        number(parts.group(3)),
        flag(flags, "tools"),
        flag(flags, "reasoning"));
  }

  boolean concerns(String model) {
    return handle.endsWith("*")
        ? model.startsWith(handle.substring(0, handle.length() - 1))
        : model.equals(handle);
  }

  ModelInfo over(ModelInfo info) {
    int context = contextWindow.orElse(info.contextWindow());
    return new ModelInfo(
        info.handle(),
        info.name(),
        info.provider(),
        info.endpointType(),
        info.endpoint(),
        context,
        Math.min(maxOutputTokens.orElse(info.maxOutputTokens()), context),
        tools.orElse(info.tools()),
        reasoning.orElse(info.reasoning()),
        info.known() || contextWindow.isPresent());
  }

  private static OptionalInt number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
  }

  private static Optional<Boolean> flag(String flags, String name) {
    if (flags.contains('+' + name)) {
      return Optional.of(true);
    }
    return flags.contains('-' + name) ? Optional.of(false) : Optional.empty();
  }
}
