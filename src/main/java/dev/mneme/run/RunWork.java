package dev.mneme.run;

import dev.mneme.common.Owner;
import dev.mneme.store.Tx;

/** What a task has while it works. Confined to the task's thread, but for {@link #cancelled()}. */
public interface RunWork {
  Owner owner();

  Run run();

  /** Tells whoever follows the run; never waits for them. */
  void tell(RunEvent event);

  boolean cancelled();

  /** Writes the step's record, with what else commits with it. */
  void record(Tx tx, Step step);
}
