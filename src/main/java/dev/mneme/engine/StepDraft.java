package dev.mneme.engine;

import dev.mneme.common.Timestamps;
import dev.mneme.model.ChatUsage;
import dev.mneme.run.Step;
import dev.mneme.run.StopReason;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A step under way: its ids and times. Confined to the run's thread. */
final class StepDraft {
  final String id;
  final String messageId;
  final Instant createdAt;
  private final long begun = System.nanoTime();
  ChatUsage usage = ChatUsage.NONE;
  long modelNanos;
  long toolNanos;

  StepDraft(String id, String messageId, Clock clock) {
    this.id = id;
    this.messageId = messageId;
    this.createdAt = Timestamps.stored(clock.instant());
  }

  Step record(
      Session session, String status, Optional<StopReason> stop, Optional<String> errorType) {
    return new Step(
        id,
        session.run.id(),
        session.profile.agent().id(),
        session.model().handle(),
        session.windowTokens,
        status,
        usage,
        new Step.Timings(System.nanoTime() - begun, modelNanos, toolNanos),
        stop,
        errorType,
        Optional.empty(),
        List.of(),
        createdAt);
  }
}
