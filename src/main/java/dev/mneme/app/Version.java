package dev.mneme.app;

/** The version of this build. */
public final class Version {
  private Version() {}

  /** As in the jar's manifest; {@code dev} where the classes are in no jar. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
