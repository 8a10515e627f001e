package dev.mneme.app;

import java.time.Duration;

/**
 * The MCP face.
 *
 * @param maxSessions sessions open at the same time
 * @param sessionIdle a session without a request for so long is closed
 * @param catalog what is offered
 * @param turnIdle a turn nobody commits to for so long ends
 */
public record McpConfig(int maxSessions, Duration sessionIdle, Duration turnIdle, Offer catalog) {
  /** Sets of tools, resources and prompts. */
  public enum Offer {
    /** What Mneme is for. */
    STANDARD,
    /** That, and what the official conformance suite calls. */
    CONFORMANCE
  }

  static McpConfig read(ConfigReader in) {
    return new McpConfig(
        in.integer("mcp.max-sessions", 256, 1, 100_000),
        in.duration(
            "mcp.session-idle", Duration.ofMinutes(15), Duration.ofSeconds(10), Duration.ofDays(1)),
        in.duration(
            "mcp.turn-idle", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofDays(1)),
        in.choice("mcp.catalog", Offer.STANDARD));
  }
}
