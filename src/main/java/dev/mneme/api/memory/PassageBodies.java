package dev.mneme.api.memory;

import dev.mneme.api.http.Body;
import dev.mneme.memory.PassageDraft;
import dev.mneme.memory.PassageQuery.TagMatch;
import java.util.List;
import java.util.Map;

/** Reads what clients send about passages. */
public final class PassageBodies {
  public static final int MOST_FOUND = 200;

  private PassageBodies() {}

  public static PassageDraft draft(Body body) {
    return new PassageDraft(
        body.requireText("text"),
        body.texts("tags").orElse(List.of()),
        body.map("metadata").orElse(Map.of()),
        body.time("created_at"));
  }

  public static TagMatch tagMatch(String word) {
    return word.equals("all") ? TagMatch.ALL : TagMatch.ANY;
  }
}
