package dev.mneme.engine;

/** The system prompt alone does not fit into the model's context window. */
final class PromptOverflow extends RuntimeException {
  static final String CODE = "context_window_overflow_in_system_prompt";
  private static final long serialVersionUID = 1L;

  private final String text;

  PromptOverflow(int tokens, int window) {
    super(CODE);
    this.text =
        "The agent's instructions and memory take about "
            + tokens
            + " tokens; its context window has "
            + window
            + ". Shorten memory blocks or the instructions, or give it a larger window.";
  }

  String message() {
    return text;
  }
}
