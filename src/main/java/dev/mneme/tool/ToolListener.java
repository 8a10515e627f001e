package dev.mneme.tool;

import java.time.Duration;

/**
 * Hears what a running call reports. Implementations return quickly, but for the questions, and do
 * not throw.
 */
public interface ToolListener {
  ToolListener NONE = new ToolListener() {};

  /** Progress towards {@code total}; a total of 0 means it is not known. */
  default void progress(double progress, double total, String message) {}

  default void log(String level, String message) {}

  /**
   * Has a form filled in by the person the call is made for, and waits; on a thread of its own, not
   * the call's. Who cannot ask says so at once.
   */
  default Reply ask(Form form) {
    return new Reply.Nobody("nobody is there whom it could ask");
  }

  /**
   * A worker has the call; told again when that worker ended before it began.
   *
   * @param backend such as {@code graalpy} or {@code docker}
   * @param queued how long it waited for its turn
   * @param starting how long it waited for a worker to start
   */
  default void placed(String backend, String worker, Duration queued, Duration starting) {}

  /** The script runs in a session; told before its outcome is known. */
  default void session(SessionState state) {}
}
