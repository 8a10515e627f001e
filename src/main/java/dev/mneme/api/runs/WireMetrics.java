package dev.mneme.api.runs;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.mneme.api.http.Wire;
import dev.mneme.run.Step;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long a step took, in nanoseconds, as clients read it; its begin since 1970. */
record WireMetrics(
    String id,
    String runId,
    String agentId,
    long stepStartNs,
    long llmRequestStartNs,
    long llmRequestNs,
    long toolExecutionNs,
    long stepNs) {
  private static final long NANOS = 1_000_000_000L;
  private static final Map<String, @Nullable Object> ABSENT =
      Wire.absent("provider_id", "project_id", "base_template_id", "template_id");

  static WireMetrics of(Step step) {
    Instant begin = step.createdAt();
    long start = begin.getEpochSecond() * NANOS + begin.getNano();
    Step.Timings timings = step.timings();
    return new WireMetrics(
        step.id(),
        step.runId(),
        step.agentId(),
        start,
        start,
        timings.model(),
        timings.tools(),
        timings.step());
  }

  @JsonAnyGetter
  Map<String, @Nullable Object> absent() {
    return ABSENT;
  }
}
