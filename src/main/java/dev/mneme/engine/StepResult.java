package dev.mneme.engine;

import dev.mneme.model.ChatUsage;
import dev.mneme.run.StopReason;
import java.util.Optional;

/**
 * How a step ended.
 *
 * @param stop absent: the turn goes on
 */
record StepResult(Optional<StopReason> stop, ChatUsage usage) {
  boolean cancelled() {
    return stop.filter(StopReason.CANCELLED::equals).isPresent();
  }
}
