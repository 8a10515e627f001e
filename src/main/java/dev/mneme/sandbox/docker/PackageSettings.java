package dev.mneme.sandbox.docker;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether code can have packages.
 *
 * @param wheels the folder they come from
 * @param sets how many sets there may be, so that code that nobody trusts cannot fill the disk
 * @param bytes how many bytes all sets may have together
 */
public record PackageSettings(Allow allow, Optional<Path> wheels, int sets, long bytes) {
  public static final int SETS = 50;
  public static final long BYTES = 8L << 30;

  /** With the usual bounds. */
  public PackageSettings(Allow allow, Optional<Path> wheels) {
    this(allow, wheels, SETS, BYTES);
  }

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
