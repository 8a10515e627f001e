package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How a call ended. A failure here is the tool's: the model sees it and goes on. */
public sealed interface ToolOutcome {
  /** What the code printed, cut to the limit. */
  String stdout();

  String stderr();

  /**
   * @param artifacts files the code left for the caller
   */
  record Success(JsonNode value, String stdout, String stderr, List<Artifact> artifacts)
      implements ToolOutcome {
    public Success {
      artifacts = List.copyOf(artifacts);
    }

    public Success(JsonNode value, String stdout, String stderr) {
      this(value, stdout, stderr, List.of());
    }
  }

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
