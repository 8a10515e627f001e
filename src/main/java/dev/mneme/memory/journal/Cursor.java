package dev.mneme.memory.journal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Walks rows that are ordered by sequence, in step with another such walk. */
final class Cursor<T> {
  private final Iterator<Numbered<T>> rows;
  private Optional<Numbered<T>> next = Optional.empty();

  Cursor(Iterator<Numbered<T>> rows) {
    this.rows = rows;
    advance();
  }

  /** What belongs to the row with this sequence; what belongs to none before it comes along. */
  List<T> upTo(long sequence) {
    List<T> found = new ArrayList<>();
    while (next.isPresent() && next.get().sequence() <= sequence) {
      found.add(next.get().value());
      advance();
    }
    return found;
  }

  private void advance() {
    next = rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
  }
}
