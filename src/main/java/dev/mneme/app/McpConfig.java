package dev.mneme.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The MCP face, and the servers that are used over MCP.
 *
 * @param maxSessions sessions open at the same time
 * @param sessionIdle a session without a request for so long is closed
 * @param catalog what is offered
 * @param turnIdle a turn nobody commits to for so long ends
 * @param servers the file of other servers, where it is another one than {@code
 *     mcp-config/servers.json}
 * @param hosts private hosts that servers which came over the API may be at
 */
public record McpConfig(
    int maxSessions,
    Duration sessionIdle,
    Duration turnIdle,
    Offer catalog,
    Optional<Path> servers,
    Set<String> hosts,
    StdioOverApi stdioOverApi) {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._\\-\\[\\]:]{1,255}");

  /** Sets of tools, resources and prompts. */
  public enum Offer {
    /** What Mneme is for. */
    STANDARD,
    /** That, and what the official conformance suite calls. */
    CONFORMANCE
  }

  /** What becomes of programs that come over the API. */
  public enum StdioOverApi {
    /** They wait for an approval on this machine. */
    PARK,
    /** They start at once, while nobody else can reach the server. */
    ALLOW
  }

  public McpConfig {
    hosts = Set.copyOf(hosts);
  }

  static McpConfig read(ConfigReader in) {
    return new McpConfig(
        in.integer("mcp.max-sessions", 256, 1, 100_000),
        in.duration(
            "mcp.session-idle", Duration.ofMinutes(15), Duration.ofSeconds(10), Duration.ofDays(1)),
        in.duration(
            "mcp.turn-idle", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofDays(1)),
        in.choice("mcp.catalog", Offer.STANDARD),
        in.text("mcp.servers").map(Path::of),
        Set.copyOf(in.list("mcp.hosts", HOST, "host names, each with an optional port")),
        in.choice("mcp.stdio-over-api", StdioOverApi.PARK));
  }
}
