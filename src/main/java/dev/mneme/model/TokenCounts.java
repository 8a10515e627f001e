package dev.mneme.model;

import java.nio.charset.StandardCharsets;

/** Counts tokens. Thread-safe. */
final class TokenCounts {
  /** Estimates err on the high side: a context that is too full fails, one that is not does not. */
  private static final double CAUTION = 1.3;

  private static final int BYTES_A_TOKEN = 4;

  int count(ModelInfo model, String text) {
    return estimate(text);
  }

  static int estimate(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return (int) Math.ceil(bytes * CAUTION / BYTES_A_TOKEN);
  }
}
