package dev.mneme.search;

import java.util.Optional;

/**
 * How the index is, for {@code doctor} and health pages.
 *
 * @param passages how many passages the index holds
 * @param messages how many messages it holds that can be found
 * @param vectors how many of both have a vector of the present model
 * @param waiting how many are known to wait for theirs
 * @param model the embedding model; absent when embeddings are off
 * @param problem what went wrong last and is being retried
 */
public record IndexStatus(
    State state,
    long passages,
    long messages,
    long vectors,
    long waiting,
    Optional<String> model,
    Embedding embedding,
    Optional<String> problem) {
  /** What the index does. */
  public enum State {
    /** Nothing was asked of it yet. */
    IDLE,
    /** Being opened or built anew; searches read the rows instead. */
    BUILDING,
    READY,
    /** The folder cannot be used at the moment; searches read the rows instead. */
    BROKEN,
    CLOSED
  }

  /** What the embedding of passages does. */
  public enum Embedding {
    OFF,
    /** The model was not needed yet. */
    NOT_LOADED,
    READY,
    WORKING,
    /** The model or endpoint fails; retried, and texts are found by words meanwhile. */
    FAILING
  }

  /** How much of passages and messages has a vector, 0 to 1. */
  public double progress() {
    long texts = passages + messages;
    return texts == 0 ? 1 : Math.min(1, (double) vectors / texts);
  }
}
