package dev.mneme.mcp.client;

import dev.mneme.mcp.client.ServerStatus.State;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.mcp.client.wire.Connection;
import dev.mneme.mcp.client.wire.Transport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How one server is at the moment: what the thread that keeps it, and the calls that use it, tell
 * each other and wait for. Thread-safe; each change wakes all who wait.
 */
final class UpstreamState {
  private final LongSupplier nanoTime;
  private boolean begun;
  private boolean closed;
  private boolean relist;
  private boolean wake;
  private @Nullable Transport opening;
  private @Nullable Connection connection;
  private ServerStatus status = ServerStatus.CONFIGURED;
  private String said = "";

  UpstreamState(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  synchronized ServerStatus status() {
    return status;
  }

  synchronized String said() {
    return connection == null ? said : connection.said();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Whether this is the first time somebody wants it. */
  synchronized boolean begin() {
    if (begun || closed) {
      return false;
    }
    begun = true;
    become(State.STARTING, "");
    return true;
  }

  /** Ends a pause between two starts. */
  synchronized void wake() {
    wake = true;
    notifyAll();
  }

  /** Asks for the tools to be listed anew. */
  synchronized void relist() {
    relist = true;
    notifyAll();
  }

  /** A start begins; whether it may. */
  synchronized boolean opening(Transport transport) {
    wake = false;
    if (closed) {
      return false;
    }
    opening = transport;
    become(State.STARTING, status.why());
    return true;
  }

  /** A start went well; whether it still counts. */
  synchronized boolean opened(Connection present) {
    opening = null;
    if (closed) {
      return false;
    }
    connection = present;
    status = new ServerStatus(State.READY, "", Optional.of(present.server()), status.restarts());
    notifyAll();
    return true;
  }

  /** A start failed. */
  synchronized void failed(String why, String lastWords) {
    opening = null;
    said = lastWords;
    become(State.STARTING, why);
  }

  /**
   * Takes a connection out of use, whoever noticed first that it is of none.
   *
   * @param again whether another is to be opened at once
   */
  void drop(Connection useless, String why, boolean again) {
    synchronized (this) {
      wake |= again;
      if (connection != useless) {
        return;
      }
      said = useless.said();
      connection = null;
      become(wake ? State.STARTING : State.DEGRADED, why);
    }
    Thread.ofVirtual().start(useless::close);
  }

  /** The connection, once there is one; waits only while there is hope. */
  synchronized Connection ready(Duration timeout) throws CallFailed {
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

  /** Waits until a connection ended or its tools are to be listed anew; whether it still lives. */
  synchronized boolean livesOn(Connection present) {
    while (!relist && !present.ended().isDone() && !closed) {
      pause(0);
    }
    relist = false;
    return !present.ended().isDone() && !closed;
  }

  /** Wakes {@link #livesOn}. */
  synchronized void ended() {
    notifyAll();
  }

  /** Whether it is to be started anew without a pause, or not at all. */
  synchronized boolean isHurried() {
    return wake || closed;
  }

  /** Waits before the next start, or parked until somebody wakes it. */
  synchronized void rest(Optional<Duration> pause, String why) {
    become(pause.isEmpty() ? State.PARKED : State.DEGRADED, why);
    int restarts = status.restarts() + (pause.isEmpty() ? 0 : 1);
    status = new ServerStatus(status.state(), why, status.server(), restarts);
    long until = nanoTime.getAsLong() + pause.orElse(Duration.ZERO).toNanos();
    while (!wake && !closed) {
      long millis = TimeUnit.NANOSECONDS.toMillis(until - nanoTime.getAsLong());
      if (pause.isPresent() && millis <= 0) {
        return;
      }
      pause(pause.isEmpty() ? 0 : millis);
    }
  }

  /** Ends all; the caller closes what is left, outside of the lock. */
  void close() {
    Connection present;
    Transport half;
    synchronized (this) {
      closed = true;
      present = connection;
      half = opening;
      connection = null;
      become(State.CONFIGURED, "it was stopped");
    }
    if (present != null) {
      present.close();
    }
    if (half != null) {
      half.close();
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

  private void become(State state, String why) {
    status = new ServerStatus(state, why, status.server(), status.restarts());
    notifyAll();
  }
}
