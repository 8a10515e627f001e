package dev.mneme.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A worker that is a child process of the server, perhaps with wrappers around it. Thread-safe.
 *
 * <p>Its stderr is read to the end on a thread of its own; the last few kilobytes are kept.
 */
public final class ProcessConnection implements WorkerConnection {
  private static final int KEPT = 4_000;

  private final Process process;
  private final Runnable afterKill;
  private final Runnable afterEnd;
  private final StringBuilder errors = new StringBuilder();
  private final AtomicBoolean killed = new AtomicBoolean();
  private volatile @Nullable ProcessHandle innermost;

  /**
   * @param afterKill runs once the process was killed, on the thread that did it
   * @param afterEnd runs once the process has ended, to clean up behind it
   */
  public ProcessConnection(Process process, String name, Runnable afterKill, Runnable afterEnd) {
    this.process = process;
    this.afterKill = afterKill;
    this.afterEnd = afterEnd;
    Thread.ofPlatform().daemon().name(name + "-stderr").start(this::readErrors);
  }

  @Override
  public OutputStream toWorker() {
    return process.getOutputStream();
  }

  @Override
  public InputStream fromWorker() {
    return process.getInputStream();
  }

  /**
   * Looks for no descendants, which would take long on a busy machine: a worker starts no
   * processes, and its wrappers either become the worker or take it with them when they are killed.
   */
  @Override
  public void kill() {
    process.destroyForcibly();
    ProcessHandle known = innermost;
    if (known != null) {
      known.destroyForcibly();
    }
    if (killed.compareAndSet(false, true)) {
      afterKill.run();
    }
  }

  @Override
  public OptionalInt exitCode(Duration wait) {
    try {
      return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  @Override
  public Optional<Usage> usage() {
    ProcessHandle known = innermost;
    if (known == null || !known.isAlive()) {
      known = process.descendants().max(byMemory()).orElse(process.toHandle());
      innermost = known;
    }
    return ProcessUsage.of(known);
  }

  @Override
  public String diagnostics() {
    synchronized (errors) {
      return errors.toString();
    }
  }

  /** Wrappers are small: the process that does the work is the one that uses the most memory. */
  private static Comparator<ProcessHandle> byMemory() {
    return Comparator.comparingLong(
        handle -> ProcessUsage.of(handle).map(Usage::memory).orElse(0L));
  }

  private void readErrors() {
    byte[] buffer = new byte[2_048];
    try (InputStream in = process.getErrorStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        synchronized (errors) {
          errors.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
          errors.delete(0, Math.max(0, errors.length() - KEPT));
        }
      }
      process.waitFor();
    } catch (IOException e) {
      // The process was killed while it was read; there is nothing more to learn.
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      afterEnd.run();
    }
  }
}
