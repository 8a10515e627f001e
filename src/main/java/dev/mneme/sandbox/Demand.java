package dev.mneme.sandbox;

/**
 * What kind of worker a call needs.
 *
 * @param domain whom the worker may serve besides: nobody else
 * @param image what it has to be started from; empty for what workers usually are
 */
record Demand(String domain, String image) {
  static final String USUAL = "";

  boolean isUsual() {
    return image.equals(USUAL);
  }
}
