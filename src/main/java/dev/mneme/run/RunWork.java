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

  /**
   * Ends the run with the transaction of its last step, which spares one of its own. What the task
   * tells afterwards is still heard; what it returns has to say the same. Does nothing where more
   * has to be written at the end: {@link #run()} tells after the commit.
   */
  void finish(Tx tx, RunEvent.Ended ended);
}
