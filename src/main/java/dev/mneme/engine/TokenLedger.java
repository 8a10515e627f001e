package dev.mneme.engine;

import dev.mneme.message.Message;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.Content;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.Models;
import dev.mneme.model.ToolRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many tokens messages take; each is counted once. Thread-safe. */
final class TokenLedger {
  private static final int MAX_KEPT = 10_000;

  /** What a message takes besides its text. */
  private static final int FRAME = 8;

  /** About what providers charge for a picture. */
  private static final int IMAGE = 1_500;

  private final Models models;
  private final Map<String, Integer> counts =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > MAX_KEPT;
        }
      };

  TokenLedger(Models models) {
    this.models = models;
  }

  int tokens(ModelInfo model, Message message) {
    // The system message keeps its id when its text changes.
    String key = model.handle() + ' ' + message.id() + ' ' + message.content().hashCode();
    synchronized (counts) {
      Integer known = counts.get(key);
      if (known != null) {
        return known;
      }
    }
    int counted = count(model, message);
    synchronized (counts) {
      counts.put(key, counted);
    }
    return counted;
  }

  int tokens(ModelInfo model, String text) {
    return models.tokens(model, text);
  }

  private int count(ModelInfo model, Message message) {
    int sum = FRAME;
    for (Content part : message.content()) {
      sum +=
          switch (part) {
            case Content.Text text -> models.tokens(model, text.text());
            case Content.Reasoning thought -> models.tokens(model, thought.reasoning());
            case Content.RedactedReasoning hidden -> hidden.data().length() / 4;
            case Content.Image _ -> IMAGE;
          };
    }
    for (ToolRequest request : message.toolRequests()) {
      sum += FRAME + models.tokens(model, request.name() + request.arguments());
    }
    for (ToolReturn ended : message.toolReturns()) {
      sum += 4 * FRAME + models.tokens(model, ended.text());
    }
    return sum;
  }
}
