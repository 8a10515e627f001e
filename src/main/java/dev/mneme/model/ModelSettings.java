package dev.mneme.model;

import java.util.List;
import java.util.Optional;

/**
 * How models are chosen and asked.
 *
 * @param byDefault handle of the model that agents get where none is named
 * @param overrides later ones win
 */
public record ModelSettings(
    Optional<String> byDefault, List<ModelOverride> overrides, RetrySettings retry) {
  public static final ModelSettings DEFAULT =
      new ModelSettings(Optional.empty(), List.of(), RetrySettings.DEFAULT);

  public ModelSettings {
    overrides = List.copyOf(overrides);
  }
}
