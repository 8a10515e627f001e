package dev.mneme.model.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One entry of a script: when it answers, and what.
 *
 * @param times how often at most it answers, in a conversation or in a turn
 * @param delay before anything is told
 * @param perToken between two tokens
 */
record ScriptedReply(
    Condition match,
    OptionalInt times,
    boolean timesPerTurn,
    Duration delay,
    Duration perToken,
    String reasoning,
    Optional<String> signature,
    String text,
    List<ScriptedTool> tools,
    ScriptedUsage usage,
    Optional<ScriptedFault> fault) {
  ScriptedReply {
    tools = List.copyOf(tools);
  }

  /**
   * @param arguments an object whose texts may hold placeholders, or a text to be sent as it is
   */
  record ScriptedTool(String name, JsonNode arguments) {}

  /** Tokens to report; what is absent is estimated. */
  record ScriptedUsage(
      OptionalInt prompt, OptionalInt completion, int cached, int cacheWrite, int reasoning) {}

  /**
   * @param attempts how many attempts at an answer fail; all, if absent
   */
  record ScriptedFault(
      Fault kind, int status, Optional<Duration> retryAfter, OptionalInt attempts) {}
}
