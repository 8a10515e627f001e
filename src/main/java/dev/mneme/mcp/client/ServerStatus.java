package dev.mneme.mcp.client;

import java.util.Locale;
import java.util.Optional;

/**
 * How a server is.
 *
 * @param why what went wrong last, and what to do about it
 * @param server name and version as it says itself, once it was greeted
 * @param restarts how often it was started anew
 */
public record ServerStatus(State state, String why, Optional<String> server, int restarts) {
  /** From the first to the last. */
  public enum State {
    CONFIGURED,
    STARTING,
    READY,
    /** It ended or could not be reached, and will be tried again. */
    DEGRADED,
    /** It is not tried any more until somebody does something. */
    PARKED;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final ServerStatus CONFIGURED =
      new ServerStatus(State.CONFIGURED, "", Optional.empty(), 0);

  public static ServerStatus parked(String why) {
    return new ServerStatus(State.PARKED, why, Optional.empty(), 0);
  }
}
