package dev.mneme.cli;

/** What the exit codes of {@code mneme} mean. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;

  /** A background owner that found the data folder taken; see the relay. */
  static final int TAKEN = 75;

  private ExitCode() {}
}
