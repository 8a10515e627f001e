package dev.mneme.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One request to an agent, from its acceptance to its end.
 *
 * @param id {@code run-<uuid4>}
 * @param conversationId {@code default} or a conversation's id
 * @param requestConfig what the client asked about the form of the answer; opaque here
 * @param metadata {@code run_type}, and {@code error} where it failed
 * @param ttftNanos from the start to the first token
 */
public record Run(
    String id,
    String agentId,
    String conversationId,
    RunStatus status,
    boolean background,
    Optional<StopReason> stopReason,
    ObjectNode requestConfig,
    ObjectNode metadata,
    Optional<String> callbackUrl,
    Instant createdAt,
    Optional<Instant> completedAt,
    OptionalLong ttftNanos,
    OptionalLong durationNanos) {

  Run with(RunStatus now) {
    return new Run(
        id,
        agentId,
        conversationId,
        now,
        background,
        stopReason,
        requestConfig,
        metadata,
        callbackUrl,
        createdAt,
        completedAt,
        ttftNanos,
        durationNanos);
  }

  Run ended(StopReason reason, ObjectNode about, Instant at) {
    return new Run(
        id,
        agentId,
        conversationId,
        reason.status(),
        background,
        Optional.of(reason),
        requestConfig,
        about,
        callbackUrl,
        createdAt,
        Optional.of(at),
        ttftNanos,
        durationNanos);
  }

  Run timed(OptionalLong toFirstToken, OptionalLong inAll) {
    return new Run(
        id,
        agentId,
        conversationId,
        status,
        background,
        stopReason,
        requestConfig,
        metadata,
        callbackUrl,
        createdAt,
        completedAt,
        toFirstToken,
        inAll);
  }
}
