package dev.mneme.sandbox.docker;

import java.io.IOException;

/** Where workers get their image and its seccomp profile from. Thread-safe. */
public interface ImageSource {
  /**
   * The image to start; makes it where it can.
   *
   * @throws IOException when it is not there, with a message that tells the operator what to do
   */
  Image image() throws IOException;

  /** The engine does not know the image any more. */
  default void gone() {}

  /**
   * @param tag what the engine knows it by
   * @param seccomp text of the profile containers of it run under
   */
  record Image(String tag, String seccomp) {}
}
