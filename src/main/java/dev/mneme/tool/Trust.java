package dev.mneme.tool;

/** Where a tool's code came from; the operator's policy decides it, never the code. */
public enum Trust {
  /** The operator's own {@code tool-library/}. */
  TRUSTED,
  /** All that came in over a network face, was written by a model, or is code mode. */
  UNTRUSTED
}
