package dev.mneme.memory.journal;

import java.time.Instant;
import java.util.Optional;

/** What to take back. */
public sealed interface UndoRequest {
  /**
   * All that one call changed.
   *
   * @param sequence one of its entries
   * @param derived whether to take back also what was derived from it
   */
  record Call(long sequence, boolean derived) implements UndoRequest {}

  /** All that a run or session changed. */
  record Run(String run, boolean derived) implements UndoRequest {}

  /**
   * All that one source wrote, and what was derived from it.
   *
   * @param sinceSequence from this sequence on; 0: from the beginning
   * @param sinceTime and from this time on
   */
  record Source(String source, long sinceSequence, Optional<Instant> sinceTime)
      implements UndoRequest {}

  static UndoRequest call(long sequence) {
    return new Call(sequence, false);
  }

  static UndoRequest run(String run) {
    return new Run(run, false);
  }

  static UndoRequest source(String source) {
    return new Source(source, 0, Optional.empty());
  }
}
