package dev.mneme.agent;

import dev.mneme.memory.BlockDraft;
import java.util.Optional;

/** The memory an agent starts with. */
public final class Starting {
  /** The agent that is meant where none is named. */
  public static final String AGENT_NAME = "default";

  private Starting() {}

  static BlockDraft persona() {
    return BlockDraft.of(
        "persona",
        "I keep a memory that outlasts each conversation. I write down what will matter later, in"
            + " short and dated notes, correct what turns out wrong, and say so when I am unsure.",
        "Who you are and how you work: your character, your manner, and lessons learnt about your"
            + " own work. Edit it when you learn how you should act.");
  }

  static BlockDraft human() {
    return BlockDraft.of(
        "human",
        "I know nothing about the person I work with yet.",
        "What you know about the person you talk to: name, role, projects, preferences, decisions"
            + " and open wishes. Keep it current; replace what has changed.");
  }

  /** What a block of a well-known label is for, where its maker did not say. */
  public static Optional<String> description(String label) {
    return switch (label) {
      case "persona" -> Optional.of(persona().description());
      case "human" -> Optional.of(human().description());
      default -> Optional.empty();
    };
  }
}
