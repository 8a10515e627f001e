package dev.mneme.acceptance;

/** How much a test repeats: little in the suite, all of it in {@code mneme test --soak}. */
final class Soak {
  private Soak() {}

  static int times(int suite, int soak) {
    return Boolean.getBoolean("mneme.soak") ? soak : suite;
  }
}
