package dev.mneme.run;

import dev.mneme.common.MnemeException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a person thinks of a step.
 *
 * @param verdict {@code positive} or {@code negative}; absent: none any more
 * @param tags absent: they stay
 */
public record StepFeedback(Optional<String> verdict, Optional<List<String>> tags) {
  private static final Set<String> VERDICTS = Set.of("positive", "negative");

  public StepFeedback {
    tags = tags.map(List::copyOf);
    verdict
        .filter(word -> !VERDICTS.contains(word))
        .ifPresent(word -> {
          throw MnemeException.invalid(
              "invalid_feedback", "Feedback is positive, negative, or null to take it back.");
        });
  }
}
