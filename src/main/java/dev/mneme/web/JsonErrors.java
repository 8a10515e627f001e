package dev.mneme.web;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes errors as {@code {"code": …, "detail": …}}: small, and never a stack trace. */
public final class JsonErrors {
  private JsonErrors() {}

  /** The status of a kind of error. */
  public static int status(ErrorKind kind) {
    return switch (kind) {
      case INVALID -> 400;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case UNAVAILABLE -> 503;
      case DENIED -> 403;
      case LIMIT -> 429;
      case INTERNAL -> 500;
    };
  }

  static String body(String code, String detail) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("detail", detail);
    return Json.write(error);
  }

  static String body(MnemeException error) {
    return body(error.code(), error.message());
  }

  static void write(HttpServletResponse response, Refusal refusal) throws IOException {
    byte[] body = body(refusal.code(), refusal.detail()).getBytes(StandardCharsets.UTF_8);
    response.setStatus(refusal.status());
    response.setContentType("application/json");
    // The rest of a refused body is not worth reading.
    response.setHeader("Connection", "close");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
