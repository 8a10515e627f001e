package dev.mneme.agent;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How an agent ran last; no setting, hence not journaled.
 *
 * @param stopReason as the Letta API writes it
 */
public record LastRun(
    Optional<Instant> completedAt, OptionalLong durationNanos, Optional<String> stopReason) {
  public static final LastRun NEVER =
      new LastRun(Optional.empty(), OptionalLong.empty(), Optional.empty());
}
