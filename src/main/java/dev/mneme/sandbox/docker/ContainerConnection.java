package dev.mneme.sandbox.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.sandbox.WorkerConnection;
import dev.mneme.sandbox.docker.wire.Attachment;
import dev.mneme.sandbox.docker.wire.EngineException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A worker that is PID 1 of a container. Thread-safe.
 *
 * <p>What it uses is asked of the engine in the background: a caller that waits for the end of a
 * call never waits for the engine.
 */
final class ContainerConnection implements WorkerConnection {
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(80);
  private static final long LOOK_MILLIS = 20;

  private final String id;
  private final Attachment streams;
  private final Yard yard;
  private final AtomicBoolean asking = new AtomicBoolean();
  private final AtomicBoolean gone = new AtomicBoolean();
  private volatile String ending = "it closed its output";
  private volatile long askedAt;
  private volatile Optional<Usage> known = Optional.empty();

  ContainerConnection(String id, Attachment streams, Yard yard) {
    this.id = id;
    this.streams = streams;
    this.yard = yard;
  }

  @Override
  public OutputStream toWorker() {
    return streams.stdin();
  }

  @Override
  public InputStream fromWorker() {
    return streams.stdout();
  }

  @Override
  public void kill() {
    if (gone.compareAndSet(false, true)) {
      streams.close();
      yard.remove(id);
    }
  }

  @Override
  public OptionalInt exitCode(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    try {
      while (System.nanoTime() < end) {
        JsonNode state = yard.containers().inspect(id).path("State");
        if (!state.path("Running").asBoolean(true)) {
          return OptionalInt.of(
              state.path("OOMKilled").asBoolean(false)
                  ? DockerWorkers.OUT_OF_MEMORY
                  : state.path("ExitCode").asInt(-1));
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (EngineException e) {
      ending =
          e.status() == 0
              ? "the container engine went away: " + e.getMessage()
              : "its container has ended and is removed";
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return OptionalInt.empty();
  }

  @Override
  public String ending() {
    return ending;
  }

  @Override
  public Optional<Usage> usage() {
    long now = System.nanoTime();
    if (!gone.get() && now - askedAt > FRESH_NANOS && asking.compareAndSet(false, true)) {
      askedAt = now;
      Thread.ofVirtual().name("container-usage").start(this::ask);
    }
    return known;
  }

  @Override
  public String diagnostics() {
    return streams.stderr();
  }

  private void ask() {
    try {
      JsonNode stats = yard.containers().stats(id);
      JsonNode cpu = stats.at("/cpu_stats/cpu_usage/total_usage");
      if (cpu.isNumber()) {
        known =
            Optional.of(
                new Usage(
                    Duration.ofNanos(cpu.asLong()), stats.at("/memory_stats/usage").asLong(0)));
      }
    } catch (EngineException e) {
      // No figures then; the wall limit and the container's own limits hold all the same.
      known = Optional.empty();
    } finally {
      asking.set(false);
    }
  }
}
