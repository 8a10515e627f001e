package dev.mneme.sandbox.ledger;

import dev.mneme.common.MnemeException;
import java.util.Optional;

/**
 * Which calls are asked for, newest first.
 *
 * @param before the id of a call: only older ones
 */
public record CallQuery(
    Optional<String> tool,
    Optional<String> agent,
    Optional<String> outcome,
    Optional<String> before,
    int limit) {
  public static final int MOST = 1_000;

  public CallQuery {
    if (limit < 1 || limit > MOST) {
      throw MnemeException.invalid("invalid_limit", "The limit is 1 to " + MOST + ".");
    }
  }

  public static CallQuery newest(int limit) {
    return new CallQuery(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
  }
}
