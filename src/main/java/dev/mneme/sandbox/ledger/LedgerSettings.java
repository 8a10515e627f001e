package dev.mneme.sandbox.ledger;

import java.time.Duration;

/**
 * How long calls are remembered.
 *
 * @param keep older ones are removed
 * @param most rows of all owners together; the oldest are removed first
 */
public record LedgerSettings(Duration keep, int most) {
  public static final LedgerSettings DEFAULT = new LedgerSettings(Duration.ofDays(30), 100_000);
}
