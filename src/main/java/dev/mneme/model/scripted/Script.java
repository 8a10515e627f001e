package dev.mneme.model.scripted;

import java.util.List;
import java.util.OptionalInt;

/**
 * A scripted model.
 *
 * @param replies the first that matches is given
 */
record Script(
    OptionalInt contextWindow,
    OptionalInt maxOutputTokens,
    boolean reasoning,
    List<ScriptedReply> replies) {
  Script {
    replies = List.copyOf(replies);
  }

  /** Whether an answer depends on which replies were given before. */
  boolean counts() {
    return replies.stream().anyMatch(r -> r.times().isPresent());
  }
}
