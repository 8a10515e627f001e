package dev.mneme.sandbox.docker;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether code can have packages.
 *
 * @param wheels the folder they come from
 */
public record PackageSettings(Allow allow, Optional<Path> wheels) {
  /** Who says which packages there are. */
  public enum Allow {
    /** There are none. */
    OFF,
    /** The sets the operator has built. */
    BUILT,
    /** Any set the folder has the wheels for; built when first asked for. */
    AUTO
  }
}
