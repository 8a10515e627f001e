package dev.mneme.engine;

import dev.mneme.model.ChatUsage;
import dev.mneme.run.RunEvent;
import dev.mneme.run.StopReason;

/** What a run has used so far. Confined to the run's thread. */
final class Tally {
  private ChatUsage usage = ChatUsage.NONE;
  private int steps;
  private int contextTokens;

  void add(ChatUsage step) {
    usage = usage.plus(step);
    steps++;
    contextTokens = step.promptTokens();
  }

  RunEvent.Ended ended(StopReason reason) {
    return new RunEvent.Ended(reason, usage, steps, contextTokens);
  }

  /** As it will be once a step that is still under way is added. */
  RunEvent.Ended endedAfter(ChatUsage step, StopReason reason) {
    return new RunEvent.Ended(reason, usage.plus(step), steps + 1, step.promptTokens());
  }
}
