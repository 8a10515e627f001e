package dev.mneme.web;

import dev.mneme.common.MnemeException;
import java.io.EOFException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;

/** Tells requests whose sender left, stalled or lost its way from defects of ours. */
final class CutOff {
  private CutOff() {}

  static Optional<MnemeException> of(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException || cause instanceof HttpException) {
        return Optional.of(
            MnemeException.invalid("body_cut_off", "The request ended before its body did."));
      }
      if (cause instanceof TimeoutException) {
        return Optional.of(
            MnemeException.invalid("body_too_slow", "The request's body did not arrive in time."));
      }
    }
    return Optional.empty();
  }
}
