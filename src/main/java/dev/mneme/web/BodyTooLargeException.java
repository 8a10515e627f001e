package dev.mneme.web;

import java.io.IOException;

/** A body of unknown length grew past its limit while it was read. */
public final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  BodyTooLargeException(int limit) {
    super("The request body is larger than " + limit + " bytes.");
  }
}
