package dev.mneme.sandbox.docker;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import java.util.Map;

/** Says that the engine did not answer. docker-java throws whatever its transport threw. */
final class Unreachable {
  private Unreachable() {}

  static MnemeException engine(RuntimeException e) {
    Throwable cause = e;
    for (Throwable next = e; next != null; next = next.getCause()) {
      cause = next;
    }
    return new MnemeException(
        ErrorKind.UNAVAILABLE,
        "engine_unavailable",
        "The container engine does not answer: "
            + String.valueOf(cause.getMessage()).strip()
            + ". Start it, or name another one with DOCKER_HOST.",
        Map.of(),
        e);
  }
}
