package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.mcp.client.wire.Connection;
import dev.mneme.mcp.client.wire.Greeter;
import dev.mneme.mcp.client.wire.Notices;
import dev.mneme.mcp.client.wire.Protocol;
import dev.mneme.mcp.client.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts one server, waits for its end and starts it anew, after longer and longer pauses; after
 * enough failures it waits until it is woken. Runs on a thread of its own.
 */
final class Keeper implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Keeper.class);
  private static final int SHOWN = 600;
  private static final long RELIST_MILLIS = 200;

  private final String name;
  private final Ways ways;
  private final UpstreamState state;
  private final Patience patience;
  private final LongSupplier nanoTime;
  private boolean refused;

  /**
   * What differs from server to server.
   *
   * @param eras told what it speaks
   * @param listed told of the server's tools, after each start and when they changed
   * @param offersModel whether it may ask for a model
   */
  record Ways(
      Supplier<Transport> transports,
      Supplier<Greeter> greeter,
      EraMemory eras,
      Duration start,
      Consumer<List<ObjectNode>> listed,
      boolean offersModel) {}

  Keeper(String name, Ways ways, UpstreamState state, Patience patience, LongSupplier nanoTime) {
    this.name = name;
    this.ways = ways;
    this.state = state;
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  @Override
  public void run() {
    Greeter greeter = ways.greeter().get();
    int failures = 0;
    while (!state.isClosed()) {
      Protocol before = greeter.known();
      Optional<Connection> opened = open(greeter);
      if (opened.isEmpty() && greeter.known() != before) {
        // It fell over the greeting, not over anything of its own.
        opened = open(greeter);
      }
      long since = nanoTime.getAsLong();
      opened.ifPresent(this::live);
      if (state.isClosed()) {
        return;
      }
      boolean stable = nanoTime.getAsLong() - since > patience.stable().toNanos();
      failures = opened.isPresent() && stable ? 1 : failures + 1;
      if (refused ? waitForLogin() : rest(failures, state.status().why())) {
        failures = 0;
      }
    }
  }

  /** Asks a server for its tools and tells them. */
  void list(Connection present) throws CallFailed {
    ways.listed().accept(present.tools(ways.start()));
  }

  private Optional<Connection> open(Greeter greeter) {
    refused = false;
    Transport transport = ways.transports().get();
    if (!state.opening(transport)) {
      return Optional.empty();
    }
    try {
      Connection opened = greeter.open(transport, ways.start(), new Heard());
      ways.eras().met(greeter.known(), opened.server());
      list(opened);
      if (!state.opened(opened)) {
        opened.close();
      }
      return Optional.of(opened);
    } catch (CallFailed | RuntimeException e) {
      refused = e instanceof CallFailed failed && failed.reason() == Reason.UNAUTHORIZED;
      transport.close();
      String said = transport.said();
      String last = said.isBlank() ? "" : "; it said: " + end(said.strip().replaceAll("\\s+", " "));
      state.failed(e.getMessage() + last, said);
      return Optional.empty();
    }
  }

  /** Until the connection ends; lists the tools anew where that was asked for. */
  private void live(Connection present) {
    CompletableFuture<String> _ = present.ended().whenComplete((_, _) -> state.ended());
    while (state.livesOn(present)) {
      try {
        list(present);
        // Who tells of changes without end is asked this often and no oftener.
        Thread.sleep(RELIST_MILLIS);
      } catch (CallFailed e) {
        log.warn("The MCP server {} did not list its tools: {}", name, e.message());
      } catch (InterruptedException _) {
        return;
      }
    }
    state.drop(present, present.ended().getNow("it was closed"), false);
  }

  /** Waits before the next start; whether it was parked meanwhile. */
  private boolean rest(int failures, String why) {
    if (state.isHurried()) {
      return false;
    }
    if (failures >= patience.failures()) {
      log.warn("The MCP server {} is parked: {}", name, why);
      state.rest(Optional.empty(), "it failed " + failures + " times in a row, last: " + why);
      return true;
    }
    Duration pause = patience.pause(failures);
    log.warn("The MCP server {} is started anew in {} ms: {}", name, pause.toMillis(), why);
    state.rest(Optional.of(pause), why);
    return false;
  }

  /** Trying again changes nothing: somebody has to do something. Always parked. */
  private boolean waitForLogin() {
    if (!state.isHurried()) {
      String why = state.status().why();
      log.warn("The MCP server {} is parked: {}", name, why);
      state.rest(Optional.empty(), why);
    }
    return true;
  }

  private static String end(String text) {
    return text.length() <= SHOWN ? text : "…" + text.substring(text.length() - SHOWN);
  }

  /** What the server tells unasked. */
  private final class Heard implements Notices {
    @Override
    public boolean offersModel() {
      return ways.offersModel();
    }

    @Override
    public void toolsChanged() {
      state.relist();
    }

    @Override
    public void log(String level, String text) {
      log.debug("{} says: {}", name, text);
    }
  }
}
