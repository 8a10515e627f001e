package dev.mneme.engine.turn;

import dev.mneme.run.StopReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of a commit.
 *
 * @param results one for each operation, in their order
 * @param replied whether the reply is stored
 * @param stop why the turn is over; absent while it is open
 * @param error what made it fail, where it did
 * @param allowed the operations that may be committed next; none when it is over
 * @param expiresAt absent when it is over
 */
public record Committed(
    String id,
    List<Result> results,
    boolean replied,
    Optional<StopReason> stop,
    Optional<String> error,
    List<String> allowed,
    Optional<Instant> expiresAt) {
  public Committed {
    results = List.copyOf(results);
    allowed = List.copyOf(allowed);
  }

  /**
   * How one operation ended.
   *
   * @param ran false where it was left out because one before it failed
   * @param data whether the text may have been written by somebody the agent does not work for
   * @param text what the agent reads of it
   */
  public record Result(String name, boolean ran, boolean failed, boolean data, String text) {
    /** Whether it did what it was to do. */
    public boolean ok() {
      return ran && !failed;
    }
  }
}
