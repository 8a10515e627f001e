package dev.mneme.app;

import java.time.Duration;

/**
 * The server that {@code mneme mcp} starts in the background.
 *
 * @param idleExit it ends after so long without a window connected
 */
public record OwnerConfig(Duration idleExit) {
  static OwnerConfig read(ConfigReader in) {
    return new OwnerConfig(
        in.duration(
            "owner.idle-exit", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofDays(7)));
  }
}
