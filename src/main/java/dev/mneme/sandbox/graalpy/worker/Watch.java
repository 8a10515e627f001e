package dev.mneme.sandbox.graalpy.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/**
 * A thread that ends the process when the heap stays full after a collection, and passes on what a
 * long call has printed.
 *
 * <p>A heap that is nearly full makes the JVM collect garbage for minutes before it gives up; the
 * host would only see a call that takes long.
 */
final class Watch {
  /** The exit status that tells the host: out of memory. The JVM uses the same one. */
  static final int OUT_OF_MEMORY = 3;

  private static final long TICK_MILLIS = 100;
  private static final double FULL = 0.92;

  private final CallLoop loop;

  Watch(CallLoop loop) {
    this.loop = loop;
  }

  void start() {
    List<MemoryPoolMXBean> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .filter(MemoryPoolMXBean::isUsageThresholdSupported)
            .filter(MemoryPoolMXBean::isCollectionUsageThresholdSupported)
            .filter(pool -> pool.getUsage().getMax() > 0)
            .toList();
    for (MemoryPoolMXBean pool : pools) {
      pool.setCollectionUsageThreshold((long) (pool.getUsage().getMax() * FULL));
    }
    Thread thread = new Thread(null, () -> watch(pools), "watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch(List<MemoryPoolMXBean> pools) {
    try {
      while (true) {
        Thread.sleep(TICK_MILLIS);
        for (MemoryPoolMXBean pool : pools) {
          if (pool.isCollectionUsageThresholdExceeded()) {
            Runtime.getRuntime().halt(OUT_OF_MEMORY);
          }
        }
        loop.sendOutput();
      }
    } catch (InterruptedException e) {
      Runtime.getRuntime().halt(2);
    }
  }
}
