package dev.mneme.net;

import dev.mneme.common.MnemeException;
import java.net.URI;
import java.util.Locale;

/** Scheme, host and port of a URL that may be requested. */
record Origin(String scheme, String host, int port) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int MAX_PORT = 65_535;

  static Origin of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw MnemeException.invalid("invalid_url", "A URL has to begin with http:// or https://.");
    }
    String host = uri.getHost();
    if (host == null || host.isEmpty() || uri.getRawUserInfo() != null) {
      throw MnemeException.invalid(
          "invalid_url", "A URL has to name a host, and no user or password before it.");
    }
    int port = uri.getPort();
    if (port == -1) {
      port = scheme.equals("https") ? HTTPS : HTTP;
    }
    if (port < 1 || port > MAX_PORT) {
      throw MnemeException.invalid("invalid_url", "The port of a URL is 1 to 65535.");
    }
    return new Origin(scheme, bare(host), port);
  }

  boolean secure() {
    return scheme.equals("https");
  }

  String hostAndPort() {
    return host + ':' + port;
  }

  private static String bare(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.startsWith("[") && lower.endsWith("]")
        ? lower.substring(1, lower.length() - 1)
        : lower;
  }
}
