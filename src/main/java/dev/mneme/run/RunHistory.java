package dev.mneme.run;

import dev.mneme.common.Owner;
import dev.mneme.store.Database;
import java.util.List;

/** What is kept of runs and their steps. Thread-safe. */
public final class RunHistory {
  private final Database database;

  public RunHistory(Database database) {
    this.database = database;
  }

  /**
   * One run.
   *
   * @throws dev.mneme.common.MnemeException {@code unknown_run}
   */
  public Run get(Owner owner, String runId) {
    return database
        .scope(owner)
        .read(reads -> RunRows.find(reads, runId))
        .orElseThrow(() -> RunErrors.unknownRun(runId));
  }

  public List<Run> list(Owner owner, RunQuery query) {
    return database.scope(owner).read(reads -> RunRows.list(reads, query));
  }

  /** What its steps took together. */
  public RunUsage usage(Owner owner, String runId) {
    return database
        .scope(owner)
        .read(reads -> {
          if (RunRows.find(reads, runId).isEmpty()) {
            throw RunErrors.unknownRun(runId);
          }
          return StepRows.usage(reads, runId);
        });
  }

  /**
   * One step.
   *
   * @throws dev.mneme.common.MnemeException {@code unknown_step}
   */
  public Step step(Owner owner, String stepId) {
    return database
        .scope(owner)
        .read(reads -> StepRows.find(reads, stepId))
        .orElseThrow(() -> RunErrors.unknownStep(stepId));
  }

  public List<Step> steps(Owner owner, StepQuery query) {
    return database.scope(owner).read(reads -> StepRows.list(reads, query));
  }

  /**
   * Says what a person thinks of a step.
   *
   * @return the step as it is then
   */
  public Step feedback(Owner owner, String stepId, StepFeedback feedback) {
    return database
        .scope(owner)
        .write(tx -> {
          Step step = StepRows.find(tx, stepId).orElseThrow(() -> RunErrors.unknownStep(stepId));
          StepRows.feedback(tx, stepId, feedback.verdict(), feedback.tags().orElseGet(step::tags));
          return StepRows.find(tx, stepId).orElse(step);
        });
  }
}
