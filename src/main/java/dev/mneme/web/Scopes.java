package dev.mneme.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/** What a token has to allow for an address as a whole; faces ask for more where they do. */
public final class Scopes {
  /** All of the REST API but approving. */
  public static final String API = "api";

  /** Agreeing to calls of others. */
  public static final String APPROVE = "approve";

  private static final String APPROVALS = "/v1/mneme/approvals";

  private Scopes() {}

  /** The scopes of which one is needed; none where a face decides. */
  static List<String> anyOf(HttpServletRequest request) {
    String path = path(request);
    if (isUnder(path, "/mcp")) {
      return List.of();
    }
    return isUnder(path, APPROVALS) ? List.of(APPROVE, API) : List.of(API);
  }

  /**
   * The path that decides which route serves a request: decoded, and with nothing like {@code ..}.
   */
  public static String path(HttpServletRequest request) {
    return request.getServletPath() + Optional.ofNullable(request.getPathInfo()).orElse("");
  }

  /** Whether a path is a place or stands under it. */
  public static boolean isUnder(String path, String place) {
    return path.equals(place) || path.startsWith(place + "/");
  }
}
