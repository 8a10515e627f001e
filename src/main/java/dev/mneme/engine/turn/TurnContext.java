package dev.mneme.engine.turn;

import java.util.List;
import java.util.Optional;

/**
 * What the agent would see.
 *
 * @param system its instructions with its memory
 * @param entries what was said and done in its conversation, oldest first, the input last
 * @param leftOut how many entries before them are not shown
 */
public record TurnContext(String system, List<Entry> entries, int leftOut) {
  public TurnContext {
    entries = List.copyOf(entries);
  }

  /**
   * One thing said or done.
   *
   * @param kind {@code user}, {@code assistant}, {@code tool_call} or {@code tool_return}
   * @param tool of a call or a return
   */
  public record Entry(String kind, String text, Optional<String> tool) {}
}
