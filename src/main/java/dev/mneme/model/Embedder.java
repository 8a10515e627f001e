package dev.mneme.model;

import java.util.List;

/**
 * Turns texts into vectors of length 1 whose scalar product tells how alike two meanings are.
 *
 * <p>Thread-safe. {@link #embed} may load a model or ask another host, so it can take long; it runs
 * native work, so call it on a platform thread. It throws {@link dev.mneme.common.MnemeException}
 * as unavailable when trying again later may help.
 */
public interface Embedder extends AutoCloseable {
  /**
   * The name under which vectors are stored: vectors of different names cannot be compared. It
   * changes with anything that changes the vectors.
   */
  String modelId();

  /** The length of every vector. */
  int dimensions();

  /** One vector a text, in their order; longer texts may be cut. */
  List<float[]> embed(List<String> texts);

  /** As {@link #embed}, on no more than one processor: for what can wait. */
  default List<float[]> embedQuietly(List<String> texts) {
    return embed(texts);
  }

  /** How many texts are best given at once. */
  int batchSize();

  /** Whether the next call answers without loading a model first. */
  boolean loaded();

  /** The likeness below which two texts have nothing to do with each other, as a rule. */
  float unrelated();

  @Override
  void close();
}
