package dev.mneme.message;

import dev.mneme.model.Content;
import dev.mneme.model.ToolRequest;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that were read lately, by their sequence, so that a context is not read and parsed anew
 * for each run. Only what never changes is kept: committed messages other than system messages.
 * Thread-safe.
 */
final class RecentMessages {
  static final int MAX_WEIGHT = 4_000_000;
  private static final int BASE_WEIGHT = 300;

  private final Map<Long, Message> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  synchronized Optional<Message> find(long sequence) {
    return Optional.ofNullable(kept.get(sequence));
  }

  /**
   * @param reads where the messages were read: what a transaction sees may not come to be, and its
   *     sequence would then be another message's
   */
  synchronized void keep(Reads reads, List<Message> messages) {
    if (reads instanceof Tx) {
      return;
    }
    for (Message message : messages) {
      if (message.role() != Role.SYSTEM && kept.put(message.sequence(), message) == null) {
        weight += weight(message);
      }
    }
    Iterator<Message> oldest = kept.values().iterator();
    while (weight > MAX_WEIGHT && oldest.hasNext()) {
      weight -= weight(oldest.next());
      oldest.remove();
    }
  }

  synchronized void removeAgent(String agentId) {
    kept.values()
        .removeIf(message -> {
          boolean gone = message.conversation().agentId().equals(agentId);
          weight -= gone ? weight(message) : 0;
          return gone;
        });
  }

  synchronized int size() {
    return kept.size();
  }

  /** About its characters. */
  private static int weight(Message message) {
    int sum = BASE_WEIGHT;
    for (Content part : message.content()) {
      sum +=
          switch (part) {
            case Content.Text text -> text.text().length();
            case Content.Image image -> image.data().length();
            case Content.Reasoning thought ->
                thought.reasoning().length() + thought.signature().map(String::length).orElse(0);
            case Content.RedactedReasoning hidden -> hidden.data().length();
          };
    }
    for (ToolRequest request : message.toolRequests()) {
      sum += request.arguments().length();
    }
    for (ToolReturn one : message.toolReturns()) {
      sum += one.text().length();
      sum +=
          one.stdout().map(String::length).orElse(0) + one.stderr().map(String::length).orElse(0);
    }
    return sum;
  }
}
