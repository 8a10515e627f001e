package dev.mneme.cli.doctor;

import dev.mneme.app.Config;
import dev.mneme.app.PlaceMemo;

/** Where untrusted code runs, as far as it was decided. */
final class PlaceCheck {
  private static final String NAME = "untrusted";

  private PlaceCheck() {}

  static Check run(Config config) {
    return switch (config.sandbox().untrusted()) {
      case DOCKER -> Check.ok(NAME, "code runs in containers only, as the configuration says");
      case GRAALPY ->
          Check.note(NAME, "code runs in GraalPy without a container, as the configuration says");
      case AUTO ->
          PlaceMemo.in(config.data()).saysContainers()
              ? Check.ok(NAME, "code runs in containers only, as it did before in this data folder")
              : Check.note(
                  NAME,
                  "code runs in containers if the engine and its image are there at the first such"
                      + " call, else in GraalPy while only this machine can reach the server");
    };
  }
}
