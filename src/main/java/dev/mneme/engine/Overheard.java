package dev.mneme.engine;

import dev.mneme.common.Owner;
import dev.mneme.run.Run;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunWork;
import dev.mneme.run.Step;
import dev.mneme.store.Tx;

/** A run's work whose events a lent model hears too. */
record Overheard(RunWork work, LentModel model) implements RunWork {
  @Override
  public Owner owner() {
    return work.owner();
  }

  @Override
  public Run run() {
    return work.run();
  }

  @Override
  public void tell(RunEvent event) {
    work.tell(event);
    model.heard(event);
  }

  @Override
  public boolean cancelled() {
    return work.cancelled();
  }

  @Override
  public void record(Tx tx, Step step) {
    work.record(tx, step);
  }

  @Override
  public void finish(Tx tx, RunEvent.Ended ended) {
    work.finish(tx, ended);
  }
}
