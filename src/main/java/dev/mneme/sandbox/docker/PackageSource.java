package dev.mneme.sandbox.docker;

import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.packages.TargetPython;
import java.io.IOException;
import java.util.List;

/** Where images with packages in them come from. Thread-safe. */
public interface PackageSource {
  /** Has none. */
  PackageSource NONE =
      new PackageSource() {
        @Override
        public String image(ImageSource.Image base, List<String> packages, Probe probe) {
          throw notAllowed(packages);
        }

        @Override
        public void requireAllowed(List<String> packages) {
          throw notAllowed(packages);
        }
      };

  /** Finds out what Python an image has. */
  interface Probe {
    TargetPython ask(ImageSource.Image image) throws IOException;
  }

  /**
   * The image that has these packages besides; makes it where that is allowed.
   *
   * @param packages requirements, such as {@code tabulate>=0.9}; not empty
   * @throws MnemeException when it cannot be had, saying what to do
   */
  String image(ImageSource.Image base, List<String> packages, Probe probe) throws IOException;

  /**
   * Does nothing where packages can be had at all.
   *
   * @throws MnemeException {@code packages_not_allowed}
   */
  void requireAllowed(List<String> packages);

  /** The engine does not know such an image any more. */
  default void gone(String image) {}

  /** What code is told that asks for packages where there are none. */
  static MnemeException notAllowed(List<String> packages) {
    return MnemeException.denied(
        "packages_not_allowed",
        "The code needs the packages "
            + String.join(", ", packages)
            + ", and the operator allows none (sandbox.packages.allow).");
  }
}
