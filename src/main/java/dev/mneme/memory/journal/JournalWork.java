package dev.mneme.memory.journal;

import dev.mneme.store.Tx;

/** What one call does within its transaction. */
@FunctionalInterface
public interface JournalWork<T> {
  T apply(Tx tx, Unit unit);
}
