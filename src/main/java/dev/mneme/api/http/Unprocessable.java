package dev.mneme.api.http;

/** A request whose form is wrong: a field is missing, of the wrong type, or no valid id. */
public final class Unprocessable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param where such as {@code body.label}
   * @param problem what is wrong and what is expected
   */
  public Unprocessable(String where, String problem) {
    super(where + ": " + problem);
  }
}
