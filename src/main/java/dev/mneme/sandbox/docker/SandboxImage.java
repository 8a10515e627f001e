package dev.mneme.sandbox.docker;

/** The images tools can run in. */
public enum SandboxImage {
  /** Python and its standard library. */
  PYTHON("mneme-python", "python", "slim"),
  /** numpy, pandas and matplotlib as well. */
  PYTHON_DATA("mneme-python-data", "python-data", "data");

  private final String repository;
  private final String folder;
  private final String base;

  SandboxImage(String repository, String folder, String base) {
    this.repository = repository;
    this.folder = folder;
    this.base = base;
  }

  String repository() {
    return repository;
  }

  /** Its folder in {@code sandbox-images}. */
  String folder() {
    return folder;
  }

  /** What {@code base.sh} makes where no registry can be reached. */
  String offlineBase() {
    return "mneme-python-base:" + base;
  }

  String offlineCommand() {
    return this == PYTHON ? "sandbox-images/base.sh" : "sandbox-images/base.sh --data";
  }

  /** What the operator can type to have it. */
  public String buildCommand() {
    return this == PYTHON ? "mneme sandbox build" : "mneme sandbox build --data";
  }
}
