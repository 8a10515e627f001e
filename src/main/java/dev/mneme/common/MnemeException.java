package dev.mneme.common;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one exception services throw to their callers: a kind, a stable code and a message that says
 * what to do.
 *
 * <p>The message is shown to users and models, so it never holds a secret or an internal path.
 */
public final class MnemeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final String code;
  private final transient Map<String, Object> details;

  public MnemeException(
      ErrorKind kind,
      String code,
      String message,
      Map<String, Object> details,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
    this.details = Map.copyOf(details);
  }

  public static MnemeException invalid(String code, String message) {
    return of(ErrorKind.INVALID, code, message);
  }

  public static MnemeException notFound(String code, String message) {
    return of(ErrorKind.NOT_FOUND, code, message);
  }

  public static MnemeException conflict(String code, String message) {
    return of(ErrorKind.CONFLICT, code, message);
  }

  public static MnemeException unavailable(String code, String message) {
    return of(ErrorKind.UNAVAILABLE, code, message);
  }

  public static MnemeException denied(String code, String message) {
    return of(ErrorKind.DENIED, code, message);
  }

  public static MnemeException limit(String code, String message) {
    return of(ErrorKind.LIMIT, code, message);
  }

  public static MnemeException internal(String code, String message, Throwable cause) {
    return new MnemeException(ErrorKind.INTERNAL, code, message, Map.of(), cause);
  }

  public static MnemeException of(ErrorKind kind, String code, String message) {
    return new MnemeException(kind, code, message, Map.of(), null);
  }

  public MnemeException withDetails(Map<String, Object> more) {
    return new MnemeException(kind, code, message(), more, getCause());
  }

  public ErrorKind kind() {
    return kind;
  }

  /** A short, stable, snake_case name of the exact error, for programs. */
  public String code() {
    return code;
  }

  /** The message, never absent. */
  public String message() {
    String message = getMessage();
    return message == null ? code : message;
  }

  /** Machine-readable facts about the error, such as a diff; JSON-compatible values. */
  public Map<String, Object> details() {
    return details;
  }
}
