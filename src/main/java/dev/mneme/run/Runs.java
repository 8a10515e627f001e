package dev.mneme.run;

import dev.mneme.common.Owner;
import dev.mneme.store.Tx;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Starts tasks as runs, one at a time a conversation, in the order they came. Thread-safe. */
public interface Runs {
  /**
   * Accepts a run; durable, with what {@code alongside} writes for it, when this returns. The task
   * starts as soon as the conversation is free.
   *
   * @throws dev.mneme.common.MnemeException {@code conversation_busy} where it is set not to queue,
   *     or the queue is full
   */
  Run start(Owner owner, RunDraft draft, BiConsumer<Tx, Run> alongside, RunTask task);

  /**
   * Follows a run's events from after a sequence number (0: from the first); works for running ones
   * and, for a while, for ended ones.
   *
   * @throws dev.mneme.common.MnemeException {@code unknown_run}, {@code run_events_gone}
   */
  RunFollower follow(Owner owner, String runId, long after);

  /** Stops a run; it ends within 200 ms. False when it had ended already. */
  boolean cancel(Owner owner, String runId);

  /** The run that has a conversation now. */
  Optional<Run> active(Owner owner, dev.mneme.message.Conversation conversation);
}
