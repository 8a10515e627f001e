package dev.mneme.engine;

import dev.mneme.model.ChatListener;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunWork;

/** Tells what a model is writing while it writes. Confined to the run's thread. */
final class Deltas implements ChatListener {
  private final RunWork work;
  private final String messageId;
  private final boolean oneCall;

  /**
   * @param oneCall whether only the first tool request counts
   */
  Deltas(RunWork work, String messageId, boolean oneCall) {
    this.work = work;
    this.messageId = messageId;
    this.oneCall = oneCall;
  }

  @Override
  public void onReasoning(String delta) {
    work.tell(new RunEvent.ReasoningDelta(messageId, delta));
  }

  @Override
  public void onText(String delta) {
    work.tell(new RunEvent.TextDelta(messageId, delta));
  }

  @Override
  public void onToolRequest(int index, String id, String name, String argumentsDelta) {
    if (!oneCall || index == 0) {
      work.tell(new RunEvent.ToolRequestDelta(messageId, index, id, name, argumentsDelta));
    }
  }
}
