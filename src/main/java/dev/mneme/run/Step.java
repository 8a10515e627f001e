package dev.mneme.run;

import dev.mneme.model.ChatUsage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One answer of the model with the tools it called.
 *
 * @param id {@code step-<uuid4>}
 * @param status {@code pending}, {@code success}, {@code failed} or {@code cancelled}
 * @param errorType such as {@code llm_rate_limit}
 */
public record Step(
    String id,
    String runId,
    String agentId,
    String model,
    int contextWindow,
    String status,
    ChatUsage usage,
    Timings timings,
    Optional<StopReason> stopReason,
    Optional<String> errorType,
    Optional<String> feedback,
    List<String> tags,
    Instant createdAt) {
  public Step {
    tags = List.copyOf(tags);
  }

  /** Nanoseconds: of the whole step, waiting for the model, and running tools. */
  public record Timings(long step, long model, long tools) {}
}
