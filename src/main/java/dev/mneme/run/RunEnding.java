package dev.mneme.run;

import dev.mneme.store.Tx;

/** Writes what is to commit with the end of a run, such as when its agent last ran. */
@FunctionalInterface
public interface RunEnding {
  RunEnding NONE = (_, _) -> {};

  void ended(Tx tx, Run run);
}
