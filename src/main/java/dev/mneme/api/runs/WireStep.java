package dev.mneme.api.runs;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.mneme.api.http.Wire;
import dev.mneme.model.ChatUsage;
import dev.mneme.run.Step;
import dev.mneme.run.StopReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step as clients read it. */
record WireStep(
    String id,
    String runId,
    String agentId,
    String providerName,
    String providerCategory,
    String model,
    String modelHandle,
    int contextWindowLimit,
    int completionTokens,
    int promptTokens,
    int totalTokens,
    int cachedInputTokens,
    int cacheWriteTokens,
    int reasoningTokens,
    WireUsage.PromptDetails promptTokensDetails,
    WireUsage.CompletionDetails completionTokensDetails,
    Optional<String> stopReason,
    String status,
    Optional<String> errorType,
    Optional<String> feedback,
    List<String> tags,
    List<Object> messages,
    String createdAt) {
  private static final Map<String, @Nullable Object> ABSENT =
      Wire.absent(
          "origin",
          "provider_id",
          "model_endpoint",
          "error_data",
          "trace_id",
          "request_id",
          "tid",
          "project_id");

  static WireStep of(Step step) {
    ChatUsage usage = step.usage();
    WireUsage wire = WireUsage.of(usage);
    int slash = step.model().indexOf('/');
    return new WireStep(
        step.id(),
        step.runId(),
        step.agentId(),
        slash < 0 ? "" : step.model().substring(0, slash),
        "base",
        step.model().substring(slash + 1),
        step.model(),
        step.contextWindow(),
        usage.completionTokens(),
        usage.promptTokens(),
        usage.totalTokens(),
        usage.cachedInputTokens(),
        usage.cacheWriteTokens(),
        usage.reasoningTokens(),
        wire.promptTokensDetails(),
        wire.completionTokensDetails(),
        step.stopReason().map(StopReason::text),
        step.status(),
        step.errorType(),
        step.feedback(),
        step.tags(),
        List.of(),
        Wire.time(step.createdAt()));
  }

  @JsonAnyGetter
  Map<String, @Nullable Object> absent() {
    return ABSENT;
  }
}
