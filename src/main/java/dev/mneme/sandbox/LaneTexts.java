package dev.mneme.sandbox;

import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Reason;
import java.util.concurrent.ExecutionException;

/** What a caller is told when there is no worker for it. */
final class LaneTexts {
  private LaneTexts() {}

  /** Ends the waiting of callers for whom no worker will come; its message is for them. */
  static final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
      super(message, null, false, false);
    }
  }

  static ToolOutcome waitedTooLong(PoolSettings settings) {
    return Outcomes.notStarted(
        Reason.LIMIT,
        "No worker became free within the queue limit of "
            + CallWatch.text(settings.queueWait())
            + "; try again later.");
  }

  static ToolOutcome queueFull(PoolSettings settings) {
    return Outcomes.notStarted(
        Reason.LIMIT,
        "Too many calls are waiting already (queue limit "
            + settings.queue()
            + ", "
            + settings.queuePerOwner()
            + " for one owner); try again later.");
  }

  static ToolOutcome unavailable(ExecutionException e) {
    String why =
        e.getCause() instanceof UnavailableException cause
            ? String.valueOf(cause.getMessage())
            : "No worker can be had.";
    return Outcomes.notStarted(Reason.UNAVAILABLE, why);
  }

  static String hopeless(StartBackoff backoff) {
    return "No worker can be started: "
        + backoff.lastFailure().orElse("unknown")
        + ". Next try in "
        + backoff.secondsLeft()
        + " s; `mneme doctor` shows more.";
  }
}
