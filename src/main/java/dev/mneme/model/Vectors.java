package dev.mneme.model;

import dev.mneme.common.MnemeException;

/** Checks and normalises what a model returns. */
final class Vectors {
  private Vectors() {}

  /** A copy of length 1. */
  static float[] normalised(float[] vector, int dimensions) {
    if (vector.length != dimensions) {
      throw MnemeException.unavailable(
          "embedding_dimensions",
          "The embedding model answered with "
              + vector.length
              + " dimensions instead of "
              + dimensions
              + "; correct the dimensions in the configuration.");
    }
    double square = 0;
    for (float x : vector) {
      square += (double) x * x;
    }
    if (!(square > 0) || Double.isInfinite(square)) {
      throw MnemeException.unavailable(
          "embedding_invalid", "The embedding model answered with an empty vector.");
    }
    float factor = (float) (1 / Math.sqrt(square));
    float[] result = new float[vector.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = vector[i] * factor;
    }
    return result;
  }
}
