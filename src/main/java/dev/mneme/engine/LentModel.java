package dev.mneme.engine;

import dev.mneme.model.ChatModel;
import dev.mneme.run.RunEvent;

/**
 * A model that somebody lends for one run. It is asked for the run's steps and for nothing else,
 * such as summaries. Its methods are called on the run's thread.
 */
public interface LentModel extends ChatModel {
  /** Hears what the run tells, in order; {@link RunEvent.Ended} is the last. Must not wait. */
  void heard(RunEvent event);
}
