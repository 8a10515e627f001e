package dev.mneme.model;

import java.util.List;
import java.util.Optional;

/** A place that models come from. Thread-safe. */
public interface Provider {
  /** The first part of its models' handles. */
  String name();

  /**
   * Asks for what there is; waits on a network, for a short time.
   *
   * @throws ModelException when there is no answer
   */
  List<ModelInfo> list();

  /**
   * Whether its models are inside this process, so that there is nothing to remember or refresh.
   */
  boolean builtIn();

  /**
   * What can be said about a model without asking: empty where it is certain that there is none;
   * figures from a table, or guessed, where only the provider knows.
   */
  Optional<ModelInfo> describe(String model);

  Exchange open(ModelInfo model);
}
