package dev.mneme.sandbox;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A running worker as its back end sees it: two streams, a way to kill it, what it uses. */
public interface WorkerConnection {
  /** Where the server writes; what the worker reads as its stdin. */
  OutputStream toWorker();

  /** What the worker writes to its stdout. */
  InputStream fromWorker();

  /** Ends the worker and all it started; returns at once and may be called more than once. */
  void kill();

  /** Waits a little for the end of a worker whose stream has ended; nothing if it lives on. */
  OptionalInt exitCode(Duration wait);

  /** Why the worker's stream ended, where its exit status cannot be told. */
  default String ending() {
    return "it closed its output";
  }

  /**
   * What the worker uses now; nothing where it cannot be told. The first time may take long: it is
   * asked when the worker is ready, before any call.
   */
  Optional<Usage> usage();

  /** The last lines the worker wrote to stderr: for the log, never for a caller. */
  String diagnostics();

  /**
   * @param cpu processor time since the worker's start
   * @param memory resident bytes
   */
  record Usage(Duration cpu, long memory) {}
}
