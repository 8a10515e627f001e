package dev.mneme.engine.builtin;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;

/** Errors of tools in the words models know them by. */
public final class ToolErrors {
  private static final int MAX_CHARS = 1_000;

  private ToolErrors() {}

  /** What a model is told when a tool threw. */
  public static String text(String tool, RuntimeException error) {
    return error instanceof MnemeException known
        ? text(tool, pythonName(known.kind()), known.message())
        : text(tool, "RuntimeError", "the tool failed inside the server; its log has the details");
  }

  public static String text(String tool, String errorClass, String message) {
    return text(tool, errorClass + ": " + message);
  }

  /**
   * @param error begins with the class of the error
   */
  public static String text(String tool, String error) {
    String text = "Error executing function " + tool + ": " + error;
    return Texts.head(text, MAX_CHARS);
  }

  private static String pythonName(ErrorKind kind) {
    return switch (kind) {
      case INVALID, LIMIT -> "ValueError";
      case NOT_FOUND -> "KeyError";
      case DENIED -> "PermissionError";
      case CONFLICT, UNAVAILABLE, INTERNAL -> "RuntimeError";
    };
  }
}
