package dev.mneme.api.http;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import dev.mneme.model.ModelException;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes errors as the Letta clients read them: {@code {"detail": …}} with our stable code beside
 * it, {@code {"error": …}} for models, {@code trace_id} where the form of a request is wrong. Says
 * {@code x-should-retry: false} where the clients would repeat what cannot succeed.
 */
public final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);
  private static final String RETRY = "x-should-retry";

  /** Conflicts that pass by themselves. */
  private static final Set<String> PASSING = Set.of("conversation_busy", "busy", "memory_busy");

  private static final String PENDING = "pending_approval";
  private static final String GONE = "run_events_gone";

  private Failures() {}

  /** The body of an error, for streams that carry it inside. */
  public record Failure(int status, boolean retry, Map<String, Object> body) {}

  public static Failure of(RuntimeException error) {
    return switch (error) {
      case MnemeException e -> of(e);
      case Unprocessable e -> invalid(String.valueOf(e.getMessage()), "invalid_request", Map.of());
      case ModelException e -> of(e);
      default -> new Failure(500, false, detail("Mneme failed; its log says why.", "internal"));
    };
  }

  static void write(Context context, RuntimeException error) {
    if (error instanceof HttpResponseException http) {
      throw http;
    }
    Failure failure = of(error);
    if (failure.status() == 500) {
      log.error("{} {} failed", context.method(), context.path(), error);
    }
    if (!failure.retry()) {
      context.header(RETRY, "false");
    }
    Endpoints.json(context.status(failure.status()), Wire.bytes(failure.body()));
  }

  private static Failure of(MnemeException error) {
    int status =
        switch (error.kind()) {
          case INVALID -> 400;
          case NOT_FOUND -> error.code().equals(GONE) ? 410 : 404;
          case CONFLICT -> 409;
          case UNAVAILABLE -> 503;
          case DENIED -> 403;
          case LIMIT -> PASSING.contains(error.code()) ? 429 : 422;
          case INTERNAL -> 500;
        };
    if (status == 422) {
      return invalid(error.message(), error.code(), error.details());
    }
    if (error.code().equals(PENDING)) {
      return pending(error);
    }
    boolean retry = error.kind() == ErrorKind.UNAVAILABLE || PASSING.contains(error.code());
    Map<String, Object> body = detail(error.message(), error.code());
    error.details().forEach(body::putIfAbsent);
    return new Failure(status, retry, body);
  }

  /** The clients look into this one for the request that waits. */
  private static Failure pending(MnemeException error) {
    Map<String, Object> detail = new LinkedHashMap<>(error.details());
    detail.put("code", PENDING.toUpperCase(Locale.ROOT));
    detail.put("message", error.message());
    return new Failure(409, false, Map.of("detail", detail, "code", PENDING));
  }

  private static Failure of(ModelException error) {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("type", error.type().code());
    inner.put("message", error.message());
    inner.put("detail", error.message());
    // The model was asked again already, as often as makes sense.
    return new Failure(error.type().status(), false, Map.of("error", inner));
  }

  private static Failure invalid(String detail, String code, Map<String, Object> details) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("trace_id", "");
    body.putAll(detail(detail, code));
    details.forEach(body::putIfAbsent);
    return new Failure(422, false, body);
  }

  private static Map<String, Object> detail(String detail, String code) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("detail", detail);
    body.put("code", code);
    return body;
  }
}
