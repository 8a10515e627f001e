package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.mcp.client.wire.CallListener;
import dev.mneme.mcp.client.wire.Connection;
import dev.mneme.mcp.client.wire.Greeter;
import dev.mneme.mcp.client.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One server that is kept running, and the calls to it: they wait for a start under way and fail at
 * once while it is known to be down. Thread-safe.
 */
final class Upstream implements AutoCloseable {
  private final ServerSpec spec;
  private final Patience patience;
  private final LongSupplier nanoTime;
  private final UpstreamState state;
  private final Keeper keeper;
  private final Semaphore slots;
  private final AtomicInteger silences = new AtomicInteger();

  /**
   * @param eras what it spoke at another time
   * @param listed told of the server's tools, after each start and when they changed; by one thread
   *     at a time
   */
  Upstream(
      ServerSpec spec,
      Supplier<Transport> transports,
      String version,
      Patience patience,
      LongSupplier nanoTime,
      EraMemory eras,
      Consumer<List<ObjectNode>> listed) {
    this.spec = spec;
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.state = new UpstreamState(nanoTime);
    Duration start = spec.limits().start();
    this.keeper =
        new Keeper(
            spec.name(),
            new Keeper.Ways(
                transports,
                () -> new Greeter(version, spec.protocol(), eras.known()),
                eras,
                start,
                listed,
                spec.sampling().isPresent()),
            state,
            patience,
            nanoTime);
    this.slots = new Semaphore(spec.limits().concurrent(), true);
  }

  ServerStatus status() {
    return state.status();
  }

  /** What the server said beside the protocol, its last lines. */
  String said() {
    return state.said();
  }

  /** Begins to keep it running; does not wait. */
  void start() {
    if (state.begin()) {
      Thread.ofVirtual().name("mcp-server-" + spec.name()).start(keeper);
    }
  }

  /** Tries a parked or waiting server again at once. */
  void retry() {
    start();
    state.wake();
  }

  /**
   * Lists the tools anew and waits until they are known.
   *
   * @throws CallFailed where the server cannot be asked
   */
  void refresh() throws CallFailed {
    retry();
    keeper.list(state.ready(spec.limits().start()));
  }

  /**
   * Calls a tool; interrupting the thread cancels the call.
   *
   * @param timeout for all of it, waiting included
   */
  ObjectNode call(String tool, ObjectNode arguments, Duration timeout, CallListener listener)
      throws CallFailed {
    start();
    long until = nanoTime.getAsLong() + timeout.toNanos();
    takeSlot(timeout);
    try {
      Connection present = state.ready(left(until));
      try {
        return asked(present, tool, arguments, left(until), listener);
      } catch (CallFailed e) {
        if (e.reason() != Reason.SESSION_LOST) {
          throw e;
        }
        // The server did nothing, so that asking once more does it once.
        Connection next = state.ready(left(until));
        return asked(next, tool, arguments, left(until), listener);
      }
    } finally {
      slots.release();
    }
  }

  private void takeSlot(Duration timeout) throws CallFailed {
    try {
      if (!slots.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new CallFailed(
            Reason.TIMEOUT,
            spec.limits().concurrent() + " calls are under way at " + spec.name() + " already");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CallFailed(Reason.CANCELLED, "The call was cancelled while it waited.");
    }
  }

  private ObjectNode asked(
      Connection present,
      String tool,
      ObjectNode arguments,
      Duration timeout,
      CallListener listener)
      throws CallFailed {
    try {
      ObjectNode answer = present.call(tool, arguments.deepCopy(), timeout, listener);
      silences.set(0);
      return answer;
    } catch (CallFailed e) {
      switch (e.reason()) {
        case TIMEOUT -> {
          if (silences.incrementAndGet() >= patience.silences()) {
            drop(
                present,
                "it left " + patience.silences() + " calls in a row without an answer",
                false);
          }
        }
        case CLOSED -> drop(present, e.message(), false);
        case SESSION_LOST -> drop(present, e.message(), true);
        case REFUSED, UNAUTHORIZED, BROKEN, WITHHELD -> silences.set(0);
        case CANCELLED -> {}
      }
      throw e;
    }
  }

  private void drop(Connection useless, String why, boolean again) {
    silences.set(0);
    state.drop(useless, why, again);
  }

  private Duration left(long until) throws CallFailed {
    long nanos = until - nanoTime.getAsLong();
    if (nanos <= 0) {
      throw new CallFailed(Reason.TIMEOUT, "the time was used up while the server started");
    }
    return Duration.ofNanos(nanos);
  }

  /** Ends the server and waits for its end, a few seconds at most. */
  @Override
  public void close() {
    state.close();
  }
}
