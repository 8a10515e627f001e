package dev.mneme.engine;

import dev.mneme.message.Message;
import dev.mneme.run.StopReason;
import java.util.List;
import java.util.Optional;

/**
 * What a step adds to the conversation.
 *
 * @param stop absent: the turn goes on
 */
record Outcome(List<Message> messages, Optional<StopReason> stop) {
  Outcome {
    messages = List.copyOf(messages);
  }
}
