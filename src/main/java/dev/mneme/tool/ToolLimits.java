package dev.mneme.tool;

import java.time.Duration;

/**
 * What one call may use. Reaching any of these ends the call with an error that names the limit.
 *
 * @param wall from the moment a worker has the call to its result
 * @param cpu processor time of the worker during the call
 * @param output characters of stdout and stderr together; more is cut, not an error
 * @param result bytes of the result as JSON
 */
public record ToolLimits(Duration wall, Duration cpu, int output, int result) {
  public static final ToolLimits DEFAULT =
      new ToolLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), 100_000, 1_000_000);
}
