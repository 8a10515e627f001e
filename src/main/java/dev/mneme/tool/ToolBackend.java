package dev.mneme.tool;

/**
 * A place where tool code runs, outside the server's own process. Thread-safe.
 *
 * <p>Whatever the code does, {@link #call} returns within the wall limit plus 200 ms once a worker
 * has the call, and other callers do not notice.
 */
public interface ToolBackend {
  /**
   * Runs a call and waits for its end. Interrupting the waiting thread stops the call; the outcome
   * is then {@link ToolOutcome.Reason#CANCELLED} and the thread's interrupt flag is set.
   */
  ToolOutcome call(ToolCall call);
}
