package dev.mneme.tool;

import dev.mneme.common.MnemeException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What one call may ask of the host, and has asked so far. Thread-safe. */
public final class Budget {
  private static final int MAX_QUESTIONS = 10;

  private final int maxRequests;
  private final long maxBytes;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger questions = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private volatile Optional<String> silence = Optional.empty();

  public Budget(int maxRequests, long maxBytes) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  /**
   * Counts a request.
   *
   * @throws MnemeException {@code bridge_requests} when it is one too many
   */
  public void request() {
    if (requests.incrementAndGet() > maxRequests) {
      throw MnemeException.limit(
          "bridge_requests",
          "The call asked the server more often than the limit of " + maxRequests + " times.");
    }
  }

  /**
   * Counts a question to the user, whose patience is no matter of policy.
   *
   * @throws MnemeException {@code bridge_questions} when it is one too many
   */
  public void question() {
    if (questions.incrementAndGet() > MAX_QUESTIONS) {
      throw MnemeException.limit(
          "bridge_questions", "The call asked the user more than " + MAX_QUESTIONS + " questions.");
    }
  }

  /** A question got no answer; asking again would only hold up the code and others. */
  public void unanswered(String why) {
    silence = Optional.of(why);
  }

  /** Why a question of this call got no answer, once that was so. */
  public Optional<String> silence() {
    return silence;
  }

  /**
   * Counts what goes in or out.
   *
   * @throws MnemeException {@code bridge_bytes} when it is too much
   */
  public void bytes(long more) {
    if (bytes.addAndGet(more) > maxBytes) {
      throw MnemeException.limit(
          "bridge_bytes",
          "The call moved more over the bridge than the limit of " + maxBytes + " bytes.");
    }
  }

  public int requests() {
    return requests.get();
  }

  public long bytes() {
    return bytes.get();
  }
}
