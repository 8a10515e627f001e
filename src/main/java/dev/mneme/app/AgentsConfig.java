package dev.mneme.app;

/**
 * How agents take on work.
 *
 * @param whenBusy what becomes of a message while its conversation is busy
 */
public record AgentsConfig(WhenBusy whenBusy) {
  /** What becomes of a message while its conversation is busy. */
  public enum WhenBusy {
    /** It waits for its turn. */
    QUEUE,
    /** It is refused with a conflict. */
    REFUSE
  }

  static AgentsConfig read(ConfigReader in) {
    return new AgentsConfig(in.choice("agents.when-busy", WhenBusy.QUEUE));
  }
}
