package dev.mneme.sandbox;

import dev.mneme.common.MnemeException;
import dev.mneme.tool.Trust;
import java.time.Duration;
import java.util.Optional;

/**
 * Sizes and times of a pool; the counts are for each level of trust.
 *
 * @param warm workers for trusted code kept ready even when nobody calls
 * @param fresh the same for untrusted code; a second one keeps the caller after a killed call from
 *     waiting for a start
 * @param max workers at most
 * @param queue callers that may wait at once
 * @param queuePerOwner of those, by one owner
 * @param queueWait how long a caller waits for a worker
 * @param idleAfter when a worker above {@code warm} is ended
 * @param startLimit how long a worker may take to become ready
 * @param memory bytes a call may use, as users are told
 * @param resident bytes of a whole worker process at which it is killed
 * @param maxOutput the largest output limit a call may ask for, in characters
 * @param maxResult the largest result limit a call may ask for, in bytes
 * @param maxWall the longest wall limit a call may ask for
 * @param sticky present: a worker serves the trust domain of its first call and no other; the warm
 *     and fresh ones are then spares, which serve nobody yet
 * @param sessions workers that keep what scripts leave; beside those above
 */
public record PoolSettings(
    int warm,
    int fresh,
    int max,
    int queue,
    int queuePerOwner,
    Duration queueWait,
    Duration idleAfter,
    Duration startLimit,
    long memory,
    long resident,
    int maxOutput,
    int maxResult,
    Duration maxWall,
    Optional<Sticky> sticky,
    SessionSettings sessions) {

  public PoolSettings {
    if (warm < 0
        || fresh < 0
        || max < 1
        || warm > max
        || fresh > max
        || queue < 0
        || queuePerOwner < 1) {
      throw MnemeException.invalid(
          "invalid_pool", "A pool needs 0 <= warm, fresh <= max and max >= 1.");
    }
  }

  /** How many workers of this trust are kept ready. */
  int ready(Trust trust) {
    return trust == Trust.TRUSTED ? warm : fresh;
  }

  /** Defaults for a machine with this many processors. */
  public static PoolSettings defaults(int processors, long memory, long resident) {
    return of(Math.clamp(processors, 1, 4), 2, 100, memory, resident);
  }

  /**
   * As the defaults, but of a chosen size.
   *
   * @param max calls that may run at once
   * @param fresh untrusted workers to keep ready; no more than there may be
   * @param queue callers that may wait; one owner may take half of it
   */
  public static PoolSettings of(int max, int fresh, int queue, long memory, long resident) {
    return new PoolSettings(
        1,
        Math.min(fresh, max),
        max,
        queue,
        Math.max(1, queue / 2),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofSeconds(90),
        memory,
        resident,
        1_000_000,
        10_000_000,
        Duration.ofMinutes(10),
        Optional.empty(),
        SessionSettings.DEFAULT);
  }

  /**
   * The same, for workers that serve one trust domain each.
   *
   * @param trusted spares for trusted code
   * @param untrusted spares for untrusted code
   * @param idle when a worker that nobody calls is ended, spares aside
   */
  public PoolSettings sticky(Sticky rules, int trusted, int untrusted, Duration idle) {
    return new PoolSettings(
        Math.min(trusted, max),
        Math.min(untrusted, max),
        max,
        queue,
        queuePerOwner,
        queueWait,
        idle,
        startLimit,
        memory,
        resident,
        maxOutput,
        maxResult,
        maxWall,
        Optional.of(rules),
        sessions);
  }

  /** The same with other limits for sessions. */
  public PoolSettings withSessions(SessionSettings other) {
    return new PoolSettings(
        warm,
        fresh,
        max,
        queue,
        queuePerOwner,
        queueWait,
        idleAfter,
        startLimit,
        memory,
        resident,
        maxOutput,
        maxResult,
        maxWall,
        sticky,
        other);
  }
}
