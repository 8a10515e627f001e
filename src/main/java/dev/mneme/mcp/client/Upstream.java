package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.client.ServerStatus.State;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.mcp.client.wire.Connection;
import dev.mneme.mcp.client.wire.Notices;
import dev.mneme.mcp.client.wire.Progress;
import dev.mneme.mcp.client.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one server running. A thread of its own starts it, waits for its end and starts it anew;
 * calls wait for a start under way and fail at once while it is known to be down. Thread-safe.
 */
final class Upstream implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Upstream.class);
  private static final int SHOWN = 600;
  private static final long RELIST_MILLIS = 200;

  private final ServerSpec spec;
  private final Supplier<Transport> transports;
  private final String version;
  private final Patience patience;
  private final LongSupplier nanoTime;
  private final Consumer<List<ObjectNode>> listed;
  private final Semaphore slots;
  private final AtomicInteger silences = new AtomicInteger();
  private boolean begun;
  private boolean closed;
  private boolean relist;
  private boolean wake;
  private @Nullable Transport opening;
  private @Nullable Connection connection;
  private ServerStatus status = ServerStatus.CONFIGURED;
  private String said = "";

  /**
   * @param listed told of the server's tools, after each start and when they changed; by one thread
   *     at a time
   */
  Upstream(
      ServerSpec spec,
      Supplier<Transport> transports,
      String version,
      Patience patience,
      LongSupplier nanoTime,
      Consumer<List<ObjectNode>> listed) {
    this.spec = spec;
    this.transports = transports;
    this.version = version;
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.listed = listed;
    this.slots = new Semaphore(spec.limits().concurrent(), true);
  }

  synchronized ServerStatus status() {
    return status;
  }

  /** What the server said beside the protocol, its last lines. */
  synchronized String said() {
    return connection == null ? said : connection.said();
  }

  /** Begins to keep it running; does not wait. */
  synchronized void start() {
    if (!begun && !closed) {
      begun = true;
      state(State.STARTING, "");
      Thread.ofVirtual().name("mcp-server-" + spec.name()).start(this::keep);
    }
  }

  /** Tries a parked or waiting server again at once. */
  synchronized void retry() {
    start();
    wake = true;
    notifyAll();
  }

  /**
   * Lists the tools anew and waits until they are known.
   *
   * @throws CallFailed where the server cannot be asked
   */
  void refresh() throws CallFailed {
    retry();
    Connection present = ready(spec.limits().start());
    list(present);
  }

  /**
   * Calls a tool; interrupting the thread cancels the call.
   *
   * @param timeout for all of it, waiting included
   */
  ObjectNode call(String tool, ObjectNode arguments, Duration timeout, Progress progress)
      throws CallFailed {
    start();
    long until = nanoTime.getAsLong() + timeout.toNanos();
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
    try {
      Connection present = ready(left(until));
      try {
        return asked(present, tool, arguments, left(until), progress);
      } catch (CallFailed e) {
        if (e.reason() != Reason.SESSION_LOST) {
          throw e;
        }
        // The server did nothing, so that asking once more does it once.
        Connection next = ready(left(until));
        return asked(next, tool, arguments, left(until), progress);
      }
    } finally {
      slots.release();
    }
  }

  private ObjectNode asked(
      Connection present, String tool, ObjectNode arguments, Duration timeout, Progress progress)
      throws CallFailed {
    try {
      ObjectNode answer = present.call(tool, arguments.deepCopy(), timeout, progress);
      silences.set(0);
      return answer;
    } catch (CallFailed e) {
      switch (e.reason()) {
        case TIMEOUT -> {
          if (silences.incrementAndGet() >= patience.silences()) {
            drop(present, "it left " + patience.silences() + " calls in a row without an answer");
          }
        }
        case CLOSED -> drop(present, e.message());
        case SESSION_LOST -> {
          synchronized (this) {
            wake = true;
          }
          drop(present, e.message());
        }
        case REFUSED, BROKEN -> silences.set(0);
        case CANCELLED -> {}
      }
      throw e;
    }
  }

  /** Ends a connection that is of no use, whoever noticed it first. */
  private void drop(Connection useless, String why) {
    synchronized (this) {
      if (connection != useless) {
        return;
      }
      said = useless.said();
      connection = null;
      silences.set(0);
      state(wake ? State.STARTING : State.DEGRADED, why);
    }
    Thread.ofVirtual().start(useless::close);
  }

  private Duration left(long until) throws CallFailed {
    long nanos = until - nanoTime.getAsLong();
    if (nanos <= 0) {
      throw new CallFailed(Reason.TIMEOUT, "the time was used up while the server started");
    }
    return Duration.ofNanos(nanos);
  }

  private synchronized Connection ready(Duration timeout) throws CallFailed {
    long until = nanoTime.getAsLong() + timeout.toNanos();
    while (true) {
      Connection present = connection;
      if (present != null) {
        return present;
      }
      boolean hope = !closed && (status.state() == State.STARTING || wake);
      long millis = TimeUnit.NANOSECONDS.toMillis(until - nanoTime.getAsLong());
      if (!hope || millis <= 0) {
        throw new CallFailed(Reason.CLOSED, "it is " + status.state().text() + ": " + status.why());
      }
      try {
        wait(millis);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new CallFailed(Reason.CANCELLED, "The call was cancelled while it waited.");
      }
    }
  }

  private void keep() {
    int failures = 0;
    while (!isClosed()) {
      Optional<Connection> opened = open();
      long since = nanoTime.getAsLong();
      String why = opened.isPresent() ? live(opened.get()) : status().why();
      if (isClosed()) {
        return;
      }
      boolean stable = nanoTime.getAsLong() - since > patience.stable().toNanos();
      failures = opened.isPresent() && stable ? 1 : failures + 1;
      if (rest(failures, why)) {
        failures = 0;
      }
    }
  }

  private Optional<Connection> open() {
    synchronized (this) {
      wake = false;
      state(State.STARTING, status.why());
    }
    Transport transport = transports.get();
    try {
      synchronized (this) {
        if (closed) {
          return Optional.empty();
        }
        opening = transport;
      }
      Connection opened = Connection.open(transport, version, spec.limits().start(), new Heard());
      list(opened);
      boolean late;
      synchronized (this) {
        late = closed;
        opening = null;
        if (!late) {
          connection = opened;
          status =
              new ServerStatus(State.READY, "", Optional.of(opened.server()), status.restarts());
          notifyAll();
        }
      }
      if (late) {
        opened.close();
      }
      return Optional.of(opened);
    } catch (CallFailed | RuntimeException e) {
      transport.close();
      synchronized (this) {
        opening = null;
        said = transport.said();
        String last =
            said.isBlank() ? "" : "; it said: " + end(said.strip().replaceAll("\\s+", " "));
        state(State.STARTING, e.getMessage() + last);
      }
      return Optional.empty();
    }
  }

  /** Until the connection ends; lists the tools anew where that was asked for. */
  private String live(Connection present) {
    CompletableFuture<String> _ =
        present
            .ended()
            .whenComplete((_, _) -> {
              synchronized (this) {
                notifyAll();
              }
            });
    while (true) {
      synchronized (this) {
        while (!relist && !present.ended().isDone() && !closed) {
          pause(0);
        }
        relist = false;
      }
      if (present.ended().isDone() || isClosed()) {
        String why = present.ended().getNow("it was closed");
        drop(present, why);
        return status().why();
      }
      try {
        list(present);
        // Who tells of changes without end is asked this often and no oftener.
        Thread.sleep(RELIST_MILLIS);
      } catch (CallFailed e) {
        log.warn("The MCP server {} did not list its tools: {}", spec.name(), e.message());
      } catch (InterruptedException _) {
        return "it was closed";
      }
    }
  }

  private void list(Connection present) throws CallFailed {
    listed.accept(present.tools(spec.limits().start()));
  }

  /** Waits before the next start; whether it was parked meanwhile. */
  private boolean rest(int failures, String why) {
    boolean park = failures >= patience.failures();
    synchronized (this) {
      if (wake || closed) {
        return false;
      }
      Duration pause = patience.pause(failures);
      state(
          park ? State.PARKED : State.DEGRADED,
          park ? "it failed " + failures + " times in a row, last: " + why : why);
      log.warn(
          "The MCP server {} is {}: {}",
          spec.name(),
          park ? "parked" : "started anew in " + pause.toMillis() + " ms",
          why);
      status =
          new ServerStatus(
              status.state(), status.why(), status.server(), status.restarts() + (park ? 0 : 1));
      long until = nanoTime.getAsLong() + pause.toNanos();
      while (!wake && !closed) {
        long millis = park ? 0 : TimeUnit.NANOSECONDS.toMillis(until - nanoTime.getAsLong());
        if (!park && millis <= 0) {
          break;
        }
        pause(millis);
      }
      return park;
    }
  }

  /** Waits for a change, or for so long; 0 is without end. For the keeping thread alone. */
  @SuppressWarnings("WaitNotInLoop") // Each caller is the loop.
  private void pause(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException _) {
      closed = true;
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void state(State state, String why) {
    status = new ServerStatus(state, why, status.server(), status.restarts());
    notifyAll();
  }

  private static String end(String text) {
    return text.length() <= SHOWN ? text : "…" + text.substring(text.length() - SHOWN);
  }

  /** Ends the server and waits for its end, a few seconds at most. */
  @Override
  public void close() {
    Connection present;
    Transport half;
    synchronized (this) {
      closed = true;
      present = connection;
      half = opening;
      connection = null;
      state(State.CONFIGURED, "it was stopped");
    }
    if (present != null) {
      present.close();
    }
    if (half != null) {
      half.close();
    }
  }

  /** What the server tells unasked. */
  private final class Heard implements Notices {
    @Override
    public void toolsChanged() {
      synchronized (Upstream.this) {
        relist = true;
        Upstream.this.notifyAll();
      }
    }

    @Override
    public void log(String level, String text) {
      log.debug("{} says: {}", spec.name(), text);
    }
  }
}
