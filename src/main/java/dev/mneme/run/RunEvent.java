package dev.mneme.run;

import dev.mneme.message.Message;
import dev.mneme.model.ChatUsage;

/** What is told while a run goes on. Deltas are told only to those who asked for tokens. */
public sealed interface RunEvent {
  /** A piece of what the model thinks, for the message with this id. */
  record ReasoningDelta(String messageId, String text) implements RunEvent {}

  /** A piece of what the model says. */
  record TextDelta(String messageId, String text) implements RunEvent {}

  /**
   * A piece of a tool request.
   *
   * @param toolCallId with the first piece; later empty, as is {@code tool}
   */
  record ToolRequestDelta(
      String messageId, int index, String toolCallId, String tool, String arguments)
      implements RunEvent {}

  /** A message was stored; the step it belongs to is durable. */
  record Said(Message message) implements RunEvent {}

  /** What was in context was summed up; the message holds the summary. */
  record Compacted(Message summary, String trigger, int contextTokens, int contextWindow)
      implements RunEvent {}

  /** The run failed; {@link Ended} follows. */
  record Failed(String errorType, String message) implements RunEvent {}

  /**
   * The run is over; nothing follows.
   *
   * @param contextTokens what the last step's prompt took
   */
  record Ended(StopReason reason, ChatUsage usage, int steps, int contextTokens)
      implements RunEvent {}
}
