package dev.mneme.sandbox.graalpy.worker;

/** How full this process is. */
final class Heap {
  private Heap() {}

  /**
   * Whether so much is taken by what no collection frees that the next call would find less than
   * half of the heap; collects if need be. A third: the next call's context comes on top, and a
   * heap cannot be filled to its brim.
   */
  static boolean isThirdFull() {
    Runtime runtime = Runtime.getRuntime();
    long third = runtime.maxMemory() / 3;
    if (used(runtime) < third) {
      return false;
    }
    System.gc();
    return used(runtime) > third;
  }

  private static long used(Runtime runtime) {
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
