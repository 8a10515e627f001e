package dev.mneme.app;

import java.time.Duration;

/**
 * The MCP face.
 *
 * @param maxSessions sessions open at the same time
 * @param sessionIdle a session without a request for so long is closed
 * @param turnIdle a turn nobody commits to for so long ends
 */
public record McpConfig(int maxSessions, Duration sessionIdle, Duration turnIdle) {
  static McpConfig read(ConfigReader in) {
    return new McpConfig(
        in.integer("mcp.max-sessions", 256, 1, 100_000),
        in.duration(
            "mcp.session-idle", Duration.ofMinutes(15), Duration.ofSeconds(10), Duration.ofDays(1)),
        in.duration(
            "mcp.turn-idle", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofDays(1)));
  }
}
