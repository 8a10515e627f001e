package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;

/** How a call ended. A failure here is the tool's: the model sees it and goes on. */
public sealed interface ToolOutcome {
  /** What the code printed, cut to the limit. */
  String stdout();

  String stderr();

  record Success(JsonNode value, String stdout, String stderr) implements ToolOutcome {}

  /**
   * @param reason what ended the call
   * @param message one line that says what happened and, for a limit, its name and value
   * @param traceback the Python traceback, user frames only; may be empty
   */
  record Failure(Reason reason, String message, String traceback, String stdout, String stderr)
      implements ToolOutcome {}

  /** Why a call failed. */
  enum Reason {
    /** The code raised an exception or could not be compiled. */
    ERROR,
    /** The wall time ran out. */
    TIMEOUT,
    /** Another limit was reached: processor time, memory, result size, queue. */
    LIMIT,
    /** The caller cancelled. */
    CANCELLED,
    /** The worker died or none could be started. */
    UNAVAILABLE
  }
}
