package dev.mneme.tool;

import java.util.List;

/**
 * A question of code to the person it runs for.
 *
 * @param choices what can be answered; empty unless the kind is {@link Kind#CHOICE}
 */
public record Question(String text, Kind kind, List<String> choices) {
  /** What kind of answer is wanted. */
  public enum Kind {
    TEXT,
    YES_NO,
    NUMBER,
    CHOICE
  }

  public Question {
    choices = List.copyOf(choices);
  }
}
