package dev.mneme.mcp.client.wire;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes what programs said to their files, apart from whatever else is under way: a disk that is
 * slow delays these files alone. Its one thread lives while there is something to write.
 * Thread-safe.
 */
public final class TailWriter implements Executor, AutoCloseable {
  private static final long IDLE_SECONDS = 5;
  private static final long GOODBYE_SECONDS = 2;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          0,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("mcp-tails").factory());

  @Override
  public void execute(Runnable write) {
    thread.execute(write);
  }

  /** Waits a moment for what is still to be written. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      boolean _ = thread.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
