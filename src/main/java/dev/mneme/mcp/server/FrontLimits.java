package dev.mneme.mcp.server;

import java.time.Duration;

/**
 * How much clients may ask of the front.
 *
 * @param messageBytes of one message
 * @param depth of nested JSON
 * @param sessions of all clients together, at most three quarters of them one owner's, but for the
 *     default one's; where there is no room, the owner's own that was unused for longest ends
 * @param callsPerSession under way at once
 * @param idle after which an HTTP session without an open stream ends
 */
public record FrontLimits(
    int messageBytes, int depth, int sessions, int callsPerSession, Duration idle) {
  public static final FrontLimits DEFAULT =
      new FrontLimits(4 << 20, 64, 256, 64, Duration.ofMinutes(10));
}
