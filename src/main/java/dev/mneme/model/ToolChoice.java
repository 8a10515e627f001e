package dev.mneme.model;

/** Whether the model has to ask for a tool. */
public sealed interface ToolChoice {
  ToolChoice AUTO = new Auto();
  ToolChoice ANY = new Any();

  /** The model decides. */
  record Auto() implements ToolChoice {}

  /** One of the tools given, whichever. */
  record Any() implements ToolChoice {}

  /** This one. */
  record Named(String tool) implements ToolChoice {}
}
