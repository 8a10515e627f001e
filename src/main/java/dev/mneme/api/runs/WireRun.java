package dev.mneme.api.runs;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.api.http.Wire;
import dev.mneme.api.messages.AnswerForm;
import dev.mneme.run.Run;
import dev.mneme.run.StopReason;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A run as clients read it. */
record WireRun(
    String id,
    String agentId,
    String status,
    boolean background,
    String conversationId,
    Optional<String> stopReason,
    ObjectNode requestConfig,
    ObjectNode metadata,
    Optional<String> callbackUrl,
    String createdAt,
    Optional<String> completedAt,
    Optional<Long> ttftNs,
    Optional<Long> totalDurationNs) {
  private static final Map<String, @Nullable Object> ABSENT =
      Wire.absent("base_template_id", "callback_sent_at", "callback_status_code", "callback_error");

  static WireRun of(Run run) {
    return new WireRun(
        run.id(),
        run.agentId(),
        run.status().text(),
        run.background(),
        run.conversationId(),
        run.stopReason().map(StopReason::text),
        AnswerForm.shown(run.requestConfig()),
        run.metadata(),
        run.callbackUrl(),
        Wire.time(run.createdAt()),
        run.completedAt().map(Wire::time),
        boxed(run.ttftNanos()),
        boxed(run.durationNanos()));
  }

  static Optional<Long> boxed(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }

  @JsonAnyGetter
  Map<String, @Nullable Object> absent() {
    return ABSENT;
  }
}
