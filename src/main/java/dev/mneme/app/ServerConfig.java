package dev.mneme.app;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The HTTP listener.
 *
 * @param host the address to listen on
 * @param port 0 takes any free one
 * @param allowedHosts Host headers accepted besides those of the loopback
 * @param allowedOrigins web origins that may call, such as {@code https://chat.example.com}
 * @param maxBody bytes of a request body
 */
public record ServerConfig(
    String host, int port, List<String> allowedHosts, List<String> allowedOrigins, int maxBody) {
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._:%\\[\\]-]{1,255}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?");
  private static final Pattern ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]{0,30}://[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?");

  public ServerConfig {
    allowedHosts = List.copyOf(allowedHosts);
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  static ServerConfig read(ConfigReader in) {
    return new ServerConfig(
        in.text("server.host", "127.0.0.1", ADDRESS, "a host name or an address"),
        in.integer("server.port", 8283, 0, 65_535),
        in.list("server.allowed-hosts", HOST, "host names, each with an optional port"),
        in.list(
            "server.allowed-origins",
            ORIGIN,
            "origins such as https://chat.example.com, without a path; no wildcard and no null"),
        (int) in.bytes("server.max-body", 4L << 20, 1 << 10, 1 << 30));
  }
}
