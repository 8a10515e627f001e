package dev.mneme.engine.builtin;

import dev.mneme.store.Tx;

/** A tool that is part of the server. Thread-safe. */
public sealed interface BuiltIn {
  /** What a tool says that has nothing to say. */
  String NONE = "None";

  /**
   * One that only reads and writes rows; it runs within the transaction of its step, so that the
   * step and what it remembers are kept together or not at all.
   */
  @FunctionalInterface
  non-sealed interface Stored extends BuiltIn {
    String run(Tx tx, Use use, Args args);
  }

  /** One that waits for something; interrupting its thread ends it. */
  @FunctionalInterface
  non-sealed interface Waiting extends BuiltIn {
    String run(Use use, Args args);
  }
}
