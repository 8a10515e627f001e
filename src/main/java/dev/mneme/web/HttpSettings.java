package dev.mneme.web;

import dev.mneme.common.MnemeException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the listener binds and whom it answers.
 *
 * @param port 0 takes any free port
 * @param allowedHosts names beside localhost that a {@code Host} header may hold: {@code name} (any
 *     of no port, or the bound one) or {@code name:port}
 * @param allowedOrigins exact web origins of other sites that may send requests; they get CORS
 *     answers, nobody else does
 * @param maxBodyBytes of any request
 */
public record HttpSettings(
    String host, int port, Set<String> allowedHosts, Set<String> allowedOrigins, int maxBodyBytes) {
  private static final int DEFAULT_MAX_BODY = 16 << 20;

  public HttpSettings {
    if (port < 0 || port > 65_535) {
      throw MnemeException.invalid("invalid_port", "A port is a number from 0 to 65535.");
    }
    allowedHosts =
        allowedHosts.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    allowedOrigins = Set.copyOf(allowedOrigins);
    for (String origin : allowedOrigins) {
      if (!origin.matches("https?://[^/?#@\\s*]+")) {
        throw MnemeException.invalid(
            "invalid_origin",
            "Allowed origin '"
                + origin
                + "' must be exact, such as https://app.example.org, without a path or wildcard.");
      }
    }
  }

  /** This machine only. */
  public static HttpSettings loopback(int port) {
    return new HttpSettings("127.0.0.1", port, Set.of(), Set.of(), DEFAULT_MAX_BODY);
  }
}
