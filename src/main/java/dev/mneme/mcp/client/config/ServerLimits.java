package dev.mneme.mcp.client.config;

import java.time.Duration;

/**
 * What one server may take of us.
 *
 * @param start until it has answered the first time
 * @param call until a call is answered
 * @param concurrent calls at the same time; more wait
 * @param result characters of an answer; of a longer one the beginning is shown
 */
public record ServerLimits(Duration start, Duration call, int concurrent, int result) {
  public static final ServerLimits DEFAULT =
      new ServerLimits(Duration.ofSeconds(30), Duration.ofSeconds(60), 16, 100_000);
}
