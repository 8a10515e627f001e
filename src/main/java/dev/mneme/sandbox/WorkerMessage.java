package dev.mneme.sandbox;

import dev.mneme.tool.Artifact;

/** What a worker says, as described in {@code docs/reference/worker-protocol.md}. */
sealed interface WorkerMessage {
  /** The process runs and speaks this protocol; it is not ready for a call yet. */
  record Hello(int protocol, String backend, String version, String capabilities)
      implements WorkerMessage {}

  /**
   * A call may come and will not have to wait.
   *
   * @param left calls the worker will still take; 0 when there is no bound
   */
  record Ready(int left) implements WorkerMessage {}

  /**
   * @param status ok, error, memory or result
   * @param text the value as JSON when ok, else what happened
   */
  record Result(
      String id,
      String status,
      String text,
      String traceback,
      String stdout,
      String stderr,
      long dropped,
      Next next)
      implements WorkerMessage {}

  record Output(String id, String stdout, String stderr) implements WorkerMessage {}

  record File(String id, Artifact artifact) implements WorkerMessage {}

  record Log(String id, String level, String message) implements WorkerMessage {}

  record Progress(String id, double progress, double total, String message)
      implements WorkerMessage {}

  record Bridge(String id, long request, String operation, String payload)
      implements WorkerMessage {}

  /** What the worker can do after a result. */
  enum Next {
    READY,
    WARMING,
    RETIRE
  }
}
