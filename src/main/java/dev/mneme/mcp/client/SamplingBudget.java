package dev.mneme.mcp.client;

import dev.mneme.mcp.client.config.SamplingLimits;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * What one server has had of models within the last hour. Tokens are set aside before a model is
 * asked and settled after, so that questions at the same time cannot take more than there is.
 * Thread-safe; begins anew with the process.
 */
final class SamplingBudget {
  private static final long HOUR = Duration.ofHours(1).toNanos();

  /** Less room for an answer than this is none. */
  private static final int LEAST_ANSWER = 16;

  private final LongSupplier nanoTime;
  private final Deque<Share> shares = new ArrayDeque<>();

  /** What one answer takes. */
  static final class Share {
    private final long at;
    private int tokens;

    private Share(long at, int tokens) {
      this.at = at;
      this.tokens = tokens;
    }
  }

  SamplingBudget(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Sets tokens aside.
   *
   * @param read how many the model reads
   * @param answer how many it may write at most
   * @throws CallFailed where there are not enough left
   */
  synchronized Share take(SamplingLimits limits, int read, int answer) throws CallFailed {
    long now = nanoTime.getAsLong();
    while (!shares.isEmpty() && now - shares.peekFirst().at >= HOUR) {
      shares.removeFirst();
    }
    if (shares.size() >= limits.calls()) {
      throw new CallFailed(
          Reason.WITHHELD, "it may ask a model " + limits.calls() + " times an hour");
    }
    long left = (long) limits.tokens() - shares.stream().mapToLong(share -> share.tokens).sum();
    if (left < (long) read + LEAST_ANSWER) {
      throw new CallFailed(
          Reason.WITHHELD,
          "it may have "
              + limits.tokens()
              + " tokens of a model an hour, of which "
              + left
              + " are left");
    }
    Share share = new Share(now, (int) Math.min(left, (long) read + answer));
    shares.addLast(share);
    return share;
  }

  /** How many tokens the answer may have, of a share whose question has so many. */
  synchronized int room(Share share, int read) {
    return share.tokens - read;
  }

  /** What it really took. */
  synchronized void settle(Share share, int tokens) {
    share.tokens = tokens;
  }
}
