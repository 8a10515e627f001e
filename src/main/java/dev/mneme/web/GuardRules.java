package dev.mneme.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a request may go on: a loopback port is reachable from every web page the user
 * opens, so the headers a browser cannot forge must all be right. Immutable.
 */
final class GuardRules {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final HttpSettings settings;
  private final Set<String> multipartPaths;

  GuardRules(HttpSettings settings, List<Routes> routes) {
    this.settings = settings;
    this.multipartPaths =
        routes.stream()
            .flatMap(each -> each.multipartPaths().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  Optional<Refusal> check(HttpServletRequest request) {
    return checkHost(request).or(() -> checkOrigin(request)).or(() -> checkBody(request));
  }

  /** Another site that the operator allowed, which gets CORS headers. */
  Optional<String> crossOrigin(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Origin"))
        .filter(settings.allowedOrigins()::contains);
  }

  private Optional<Refusal> checkHost(HttpServletRequest request) {
    List<String> hosts = Collections.list(request.getHeaders("Host"));
    if (hosts.size() != 1) {
      return refuse(400, "host_required", "Send exactly one Host header.");
    }
    if (isAllowedHost(hosts.getFirst().toLowerCase(Locale.ROOT), request.getLocalPort())) {
      return Optional.empty();
    }
    return refuse(
        403,
        "host_not_allowed",
        "This Host is not allowed. Use localhost, or add the name to server.allowed-hosts.");
  }

  private boolean isAllowedHost(String host, int port) {
    String suffix = ":" + port;
    boolean ownPort = host.endsWith(suffix);
    String name = ownPort ? host.substring(0, host.length() - suffix.length()) : host;
    if (LOOPBACK.contains(name)) {
      return ownPort || port == 80;
    }
    return settings.allowedHosts().contains(host) || settings.allowedHosts().contains(name);
  }

  private Optional<Refusal> checkOrigin(HttpServletRequest request) {
    List<String> origins = Collections.list(request.getHeaders("Origin"));
    if (origins.isEmpty()) {
      return Optional.empty();
    }
    if (origins.size() == 1 && isAllowedOrigin(origins.getFirst(), request.getLocalPort())) {
      return Optional.empty();
    }
    return refuse(
        403,
        "origin_not_allowed",
        "This Origin is not allowed. Web pages of other sites may not call this server unless"
            + " server.allowed-origins names them.");
  }

  private boolean isAllowedOrigin(String origin, int port) {
    if (settings.allowedOrigins().contains(origin)) {
      return true;
    }
    String scheme = "http://";
    if (!origin.startsWith(scheme)) {
      return false;
    }
    String authority = origin.substring(scheme.length());
    return LOOPBACK.stream()
        .anyMatch(
            name -> authority.equals(name + ":" + port) || (port == 80 && authority.equals(name)));
  }

  private Optional<Refusal> checkBody(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    if (length > settings.maxBodyBytes()) {
      return refuse(
          413,
          "body_too_large",
          "The request body is larger than " + settings.maxBodyBytes() + " bytes.");
    }
    String type = request.getContentType();
    boolean hasBody = length > 0 || request.getHeader("Transfer-Encoding") != null;
    if (type == null) {
      return hasBody ? notJson() : Optional.empty();
    }
    if (isJson(type) || (isMultipart(type) && multipartPaths.contains(request.getRequestURI()))) {
      return Optional.empty();
    }
    return notJson();
  }

  private static Optional<Refusal> notJson() {
    return refuse(
        415, "json_required", "Send the body as JSON, with Content-Type: application/json.");
  }

  static boolean isJson(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    int semicolon = type.indexOf(';');
    if (semicolon < 0) {
      return type.strip().equals("application/json");
    }
    String parameter = type.substring(semicolon + 1).replace("\"", "").strip();
    return type.substring(0, semicolon).strip().equals("application/json")
        && (parameter.isEmpty() || parameter.equals("charset=utf-8"));
  }

  private static boolean isMultipart(String contentType) {
    return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  private static Optional<Refusal> refuse(int status, String code, String detail) {
    return Optional.of(new Refusal(status, code, detail));
  }
}
