package dev.mneme.run;

import dev.mneme.common.MnemeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A page of steps, by their time.
 *
 * @param feedback {@code positive} or {@code negative}
 * @param tag one of its tags
 * @param before only those older than the step with this id
 * @param after only those newer
 */
public record StepQuery(
    Optional<String> runId,
    Optional<String> agentId,
    Optional<String> model,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<String> feedback,
    Optional<Boolean> hasFeedback,
    Optional<String> tag,
    Optional<String> before,
    Optional<String> after,
    boolean ascending,
    int limit) {
  /** The largest page. */
  public static final int MAX = 1000;

  public StepQuery {
    if (limit < 1 || limit > MAX) {
      throw MnemeException.invalid("invalid_limit", "A page has 1 to " + MAX + " steps.");
    }
  }

  /** The steps of a run, first to last. */
  public static StepQuery ofRun(String runId) {
    return new StepQuery(
        Optional.of(runId),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        MAX);
  }
}
