package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.store.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers how tools were described when they were first used, and what became of that.
 * Thread-safe.
 */
public final class Pins {
  private static final Logger log = LoggerFactory.getLogger(Pins.class);

  private final Database database;
  private final InstantSource clock;

  public Pins(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  public List<Pin> list(Owner owner, String server) {
    return database.scope(owner).read(reads -> PinRows.list(reads, server));
  }

  /**
   * Takes in what a server offers now; new tools are pinned as they are, but for suspicious ones.
   */
  List<Pin> seen(Owner owner, String server, String name, List<ObjectNode> tools) {
    Map<String, Definition> offered = new LinkedHashMap<>();
    for (ObjectNode tool : tools) {
      Optional<String> problem = Definition.problem(tool);
      if (problem.isPresent()) {
        log.warn("A tool of the MCP server {} is left out: {}", name, problem.get());
      } else {
        Definition definition = Definition.of(tool);
        offered.putIfAbsent(definition.name(), definition);
      }
    }
    List<Pin> known = list(owner, server);
    List<Pin> merged = merge(name, known, offered);
    if (!merged.equals(known)) {
      database
          .scope(owner)
          .update(tx ->
              merged.stream()
                  .filter(pin -> !known.contains(pin))
                  .forEach(
                      pin -> PinRows.put(tx, server, pin, Timestamps.stored(clock.instant()))));
    }
    return merged;
  }

  /**
   * Approves what has changed.
   *
   * @param tool one of the server's; absent for all
   * @return the tools that were approved
   * @throws MnemeException {@code unknown_tool}
   */
  public List<String> approve(Owner owner, String server, Optional<String> tool) {
    return database
        .scope(owner)
        .write(tx -> {
          List<Pin> pins = PinRows.list(tx, server);
          if (tool.isPresent() && pins.stream().noneMatch(pin -> pin.tool().equals(tool.get()))) {
            throw MnemeException.notFound(
                "unknown_tool", "The server never had a tool " + tool.get() + ".");
          }
          List<Pin> changed =
              pins.stream()
                  .filter(Pin::changed)
                  .filter(pin -> tool.map(pin.tool()::equals).orElse(true))
                  .toList();
          changed.forEach(pin ->
              PinRows.put(
                  tx,
                  server,
                  new Pin(pin.tool(), pin.seen(), pin.seen(), pin.present()),
                  Timestamps.stored(clock.instant())));
          return changed.stream().map(Pin::tool).toList();
        });
  }

  /** What reads like orders to a model is not taken at first sight either. */
  private static Pin first(String name, Definition fresh) {
    Optional<String> why = Suspicion.of(fresh.json());
    if (why.isPresent()) {
      log.warn(
          "The MCP server {} describes its tool {} suspiciously: {}; see: mneme mcp-servers pins",
          name,
          fresh.name(),
          why.get());
    }
    return new Pin(fresh.name(), why.map(fresh::withheld).orElse(fresh), fresh, true);
  }

  private static List<Pin> merge(String name, List<Pin> known, Map<String, Definition> offered) {
    List<Pin> merged = new ArrayList<>();
    for (Pin pin : known) {
      Definition now = offered.remove(pin.tool());
      Pin next = new Pin(pin.tool(), pin.pinned(), now == null ? pin.seen() : now, now != null);
      if (next.changed() && !next.seen().equals(pin.seen())) {
        log.warn(
            "The MCP server {} changed its tool {}; see: mneme mcp-servers pins", name, pin.tool());
      }
      merged.add(next);
    }
    offered.values().forEach(fresh -> merged.add(first(name, fresh)));
    merged.sort(Comparator.comparing(Pin::tool));
    return List.copyOf(merged);
  }
}
