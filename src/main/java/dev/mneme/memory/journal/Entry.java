package dev.mneme.memory.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * One row of the journal.
 *
 * @param sequence its place in the order of the whole store
 * @param at when it was written; a label only, the order is the sequence
 * @param subject what changed; for a batch, the kind is that of its members and the id that of the
 *     container
 * @param operation what was done, such as {@code create} or {@code memory_replace}
 * @param unit the first row of the call that wrote this; a call is undone as a whole
 */
public record Entry(
    long sequence,
    Instant at,
    String actor,
    Origin origin,
    Optional<String> source,
    Optional<String> run,
    Optional<String> step,
    Optional<String> toolCall,
    Subject subject,
    String operation,
    long unit) {
  /** Who did it and why, without the links to other rows. */
  static Object[] who(Change change, String salt) {
    return who(
        salt, change.actor(), change.source(), change.run(), change.step(), change.toolCall());
  }

  Object[] who(String salt) {
    return who(salt, actor, source, run, step, toolCall);
  }

  private static Object[] who(
      String salt,
      String actor,
      Optional<String> source,
      Optional<String> run,
      Optional<String> step,
      Optional<String> toolCall) {
    return new Object[] {
      salt, actor, tagged(source), tagged(run), tagged(step), tagged(toolCall),
    };
  }

  // Absent and empty are different facts.
  private static String tagged(Optional<String> text) {
    return text.map(t -> "+" + t).orElse("-");
  }
}
