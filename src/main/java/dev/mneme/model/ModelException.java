package dev.mneme.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model did not answer as it should. The message never holds a key or the provider's own text
 * beyond its short reason.
 */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, in the words of the Letta API, with the HTTP status it has there. */
  public enum Type {
    AUTHENTICATION("llm_authentication", 401),
    INSUFFICIENT_CREDITS("llm_insufficient_credits", 402),
    RATE_LIMIT("llm_rate_limit", 429),
    TIMEOUT("llm_timeout", 504),
    BAD_REQUEST("llm_bad_request", 400),
    CONTEXT_WINDOW_EXCEEDED("context_window_exceeded", 400),
    EMPTY_RESPONSE("llm_empty_response", 502),
    INVALID_RESPONSE("llm_invalid_response", 502),
    STREAM_INCOMPLETE("stream_incomplete", 502),
    ERROR("llm_error", 500),
    CANCELLED("cancelled", 499);

    private final String code;
    private final int status;

    Type(String code, int status) {
      this.code = code;
      this.status = status;
    }

    public String code() {
      return code;
    }

    public int status() {
      return status;
    }
  }

  private final Type type;
  private final @Nullable Duration retryAfter;

  public ModelException(Type type, String message, @Nullable Throwable cause) {
    this(type, message, cause, null);
  }

  private ModelException(
      Type type, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(message, cause);
    this.type = type;
    this.retryAfter = retryAfter;
  }

  /** The same, with the time the provider asks to be left alone for. */
  public ModelException retryAfter(Duration wait) {
    return new ModelException(type, message(), getCause(), wait);
  }

  /** How long the provider asks to be left alone, where it says so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  public Type type() {
    return type;
  }

  /** The message, never absent. */
  public String message() {
    String message = getMessage();
    return message == null ? type.code() : message;
  }
}
