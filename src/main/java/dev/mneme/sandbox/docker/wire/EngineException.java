package dev.mneme.sandbox.docker.wire;

import java.io.IOException;

/**
 * The engine answered with an error, or not at all. The message is for the operator.
 *
 * <p>{@link #status} is the HTTP status, 0 when there was no answer.
 */
public final class EngineException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  public EngineException(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** Whether the thing named is not there, or about to go. */
  public boolean isGone() {
    return status == 404 || status == 409;
  }
}
