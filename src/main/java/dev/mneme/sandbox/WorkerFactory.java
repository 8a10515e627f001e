package dev.mneme.sandbox;

import dev.mneme.tool.Trust;
import java.io.IOException;

/** Starts workers of one kind. Thread-safe. */
public interface WorkerFactory {
  /** The name of the back end, as it is shown to users. */
  String name();

  /**
   * Starts a worker for code of one level of trust. The worker has yet to say hello.
   *
   * @throws IOException when it could not be started, with a message for the operator
   */
  WorkerConnection start(Trust trust) throws IOException;

  /**
   * As above, from another image than usual.
   *
   * @param image empty for the usual one
   */
  default WorkerConnection start(Trust trust, String image) throws IOException {
    if (!image.isEmpty()) {
      throw new IOException("the back end " + name() + " has no images to choose from");
    }
    return start(trust);
  }

  /** What a worker's exit status says. */
  default Exit meaning(int exitCode) {
    return Exit.CRASHED;
  }

  /** Why a worker ended by itself. */
  enum Exit {
    CRASHED,
    OUT_OF_MEMORY
  }
}
