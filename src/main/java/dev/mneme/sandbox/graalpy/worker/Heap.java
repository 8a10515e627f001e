package dev.mneme.sandbox.graalpy.worker;

/** How full this process is. */
final class Heap {
  private Heap() {}

  /** Whether half of the heap is taken by what no collection frees; collects if need be. */
  static boolean isHalfFull() {
    Runtime runtime = Runtime.getRuntime();
    long half = runtime.maxMemory() / 2;
    if (used(runtime) < half) {
      return false;
    }
    System.gc();
    return used(runtime) > half;
  }

  private static long used(Runtime runtime) {
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
