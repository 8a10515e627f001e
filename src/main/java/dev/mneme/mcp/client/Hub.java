package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.mcp.client.config.ServerLimits;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.oauth.Person;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.sandbox.consent.Consent;
import dev.mneme.store.Database;
import dev.mneme.tool.OutsideTools;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.ToolBackend;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All other servers there are, from the file and from the API, and what they offer. The servers of
 * the file are the default owner's, or everybody's. What is offered is an immutable map that is
 * replaced as a whole. Thread-safe.
 */
public final class Hub implements OutsideTools, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Hub.class);

  private final ServerList list;
  private final ServerRows rows;
  private final ServerMaker maker;
  private final Pins pins;
  private final Visits visits;
  private final Transports transports;
  private final AtomicLong version = new AtomicLong(1);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Map<String, Served> servers = Map.of();
  private boolean started;
  private boolean closed;

  public Hub(
      HubSettings settings,
      Database database,
      ServerRows rows,
      Logins logins,
      Transports transports,
      InstantSource clock) {
    this.list = new ServerList(settings, rows::all);
    this.rows = rows;
    this.pins = new Pins(database, clock);
    this.transports = transports;
    this.maker = new ServerMaker(settings, logins, pins, new EraRows(database, clock), transports);
    this.visits = new Visits(list, maker, clock);
    look();
  }

  /**
   * The way to call tools.
   *
   * @param consent asked before a tool is called that its server has changed
   */
  public UpstreamCalls calls(UnaryOperator<ToolBackend> gate, Consent consent) {
    return calls(gate, consent, Optional.empty());
  }

  /**
   * As above.
   *
   * @param sampling asked by servers that may have a model
   */
  public UpstreamCalls calls(
      UnaryOperator<ToolBackend> gate, Consent consent, Optional<Sampling> sampling) {
    return new UpstreamCalls(this, gate.apply(new UpstreamBackend(this, consent, sampling)));
  }

  /** Starts all servers, side by side; does not wait for any. */
  public synchronized void start() {
    started = true;
    servers.values().forEach(served -> served.upstream().ifPresent(Upstream::start));
  }

  /** Reads anew which servers there are; those that did not change go on running. */
  public synchronized void look() {
    if (closed) {
      return;
    }
    Map<String, Served> old = servers;
    Map<String, Served> fresh = new LinkedHashMap<>();
    for (ServerList.Wanted wanted : list.read()) {
      Served next =
          Optional.ofNullable(old.get(wanted.id()))
              .filter(wanted::isSameAs)
              .map(known -> maker.refreshed(known, wanted))
              .orElseGet(() -> maker.make(wanted, this::listed));
      fresh.put(wanted.id(), next);
    }
    servers = Map.copyOf(fresh);
    old.forEach((id, served) -> {
      Served next = fresh.get(id);
      if (next == null || !next.upstream().equals(served.upstream())) {
        served.upstream().ifPresent(gone -> Thread.ofVirtual().start(gone::close));
      }
    });
    if (started) {
      start();
      // What it waits for may have been done.
      servers.values().stream()
          .filter(served -> served.status().state() == ServerStatus.State.PARKED)
          .forEach(served -> served.upstream().ifPresent(Upstream::retry));
    }
    changed();
  }

  @Override
  public long version() {
    return version.get();
  }

  @Override
  public List<StoredTool> tools(Owner owner) {
    return of(owner).stream()
        .flatMap(served -> served.tools().values().stream())
        .map(tool -> tool.stored(owner))
        .toList();
  }

  /** Tells a listener of every later change. */
  public AutoCloseable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Those of an owner, ordered by name. */
  public List<ServerView> servers(Owner owner) {
    return of(owner).stream().map(ServerView::of).toList();
  }

  /**
   * One of them.
   *
   * @throws MnemeException {@code unknown_mcp_server}
   */
  public ServerView server(Owner owner, String id) {
    return ServerView.of(served(owner, id));
  }

  /** The tools that MCP clients get too. */
  public List<UpstreamTool> servedOn() {
    return ordered(servers.values()).stream()
        .filter(served -> served.spec().map(ServerSpec::serve).orElse(false))
        .flatMap(served -> served.tools().values().stream())
        .toList();
  }

  public Optional<UpstreamTool> find(Owner owner, String name) {
    return of(owner).stream()
        .flatMap(served -> Optional.ofNullable(served.tools().get(name)).stream())
        .findFirst();
  }

  /**
   * Keeps a server that came over the API and starts it where it may be.
   *
   * @throws MnemeException {@code server_name_in_use}
   */
  public ServerView create(Owner owner, String name, Endpoint endpoint) {
    requireNotInFile(owner, name);
    StoredServer server = rows.create(owner, name, endpoint);
    visits.kept(server);
    look();
    return server(owner, server.id());
  }

  /** Servers that are not kept, or not yet. */
  public Visits visits() {
    return visits;
  }

  /** Changes one; a changed program has to be approved anew. */
  public ServerView update(
      Owner owner, String id, Optional<String> name, Optional<Endpoint> endpoint) {
    StoredServer server = origin(owner, id);
    name.ifPresent(other -> requireNotInFile(owner, other));
    rows.update(server, name.orElse(server.name()), endpoint.orElse(server.endpoint()));
    look();
    return server(owner, id);
  }

  public void remove(Owner owner, String id) {
    StoredServer server = origin(owner, id);
    rows.remove(owner, server.id());
    look();
  }

  /**
   * Asks a server for its tools and waits for them.
   *
   * @throws MnemeException {@code mcp_server_parked}, {@code mcp_server_unreachable}
   */
  public ServerView refresh(Owner owner, String id) {
    Served served = served(owner, id);
    Upstream upstream = served.upstream().orElseThrow(() -> parked(served.name(), served.parked()));
    try {
      upstream.refresh();
    } catch (CallFailed e) {
      throw MnemeException.unavailable(
          "mcp_server_unreachable",
          "The MCP server " + served.name() + " could not be asked: " + e.message());
    }
    return server(owner, id);
  }

  /**
   * Lets a person log in to a server of their own, and tries it again.
   *
   * @throws MnemeException {@code login_failed}
   */
  public void login(Owner owner, String id, Person person) {
    Served served = served(owner, id);
    ServerList.Wanted wanted =
        list.read().stream()
            .filter(each -> each.id().equals(id) && each.owner().equals(owner))
            .findFirst()
            .orElseThrow(() ->
                MnemeException.denied(
                    "mcp_server_not_yours",
                    "This server is the operator's, who logs in with 'mneme mcp-servers login'."));
    maker.login(wanted, person);
    served.upstream().ifPresent(Upstream::retry);
  }

  UpstreamTool require(Owner owner, String name) {
    return find(owner, name)
        .orElseThrow(() ->
            MnemeException.notFound(
                "unknown_tool", "No MCP server has a tool of that name now; list the tools."));
  }

  /** How a tool of the owner's own servers was changed, where that is not approved. */
  Optional<Pin> change(Owner owner, UpstreamTool tool) {
    Served served = served(owner, tool.serverId());
    return served.owner().equals(owner)
        ? pins.list(owner, served.id()).stream()
            .filter(pin -> pin.tool().equals(tool.tool()) && pin.changed())
            .findFirst()
        : Optional.empty();
  }

  /** Takes a changed tool as it is now. */
  void approve(Owner owner, UpstreamTool tool) {
    pins.approve(owner, tool.serverId(), Optional.of(tool.tool()));
    look();
  }

  Upstream running(Owner owner, UpstreamTool tool) {
    Served served = served(owner, tool.serverId());
    return served.upstream().orElseThrow(() -> parked(served.name(), served.parked()));
  }

  ServerLimits limits(Owner owner, UpstreamTool tool) {
    return served(owner, tool.serverId())
        .spec()
        .map(ServerSpec::limits)
        .orElse(ServerLimits.DEFAULT);
  }

  /** What the server of a tool may have of a model. */
  Optional<Allowance> sampling(Owner owner, UpstreamTool tool) {
    Served served = served(owner, tool.serverId());
    return served
        .spec()
        .flatMap(ServerSpec::sampling)
        .map(limits -> new Allowance(served.owner(), served.id(), served.name(), limits));
  }

  private void listed(ServerList.Wanted wanted, List<ObjectNode> tools) {
    List<Pin> known = pins.seen(wanted.owner(), wanted.id(), wanted.name(), tools);
    synchronized (this) {
      Served present = servers.get(wanted.id());
      if (present == null || closed) {
        return;
      }
      Served next = present.with(known);
      if (next.tools().equals(present.tools())) {
        return;
      }
      Map<String, Served> fresh = new LinkedHashMap<>(servers);
      fresh.put(wanted.id(), next);
      servers = Map.copyOf(fresh);
    }
    changed();
  }

  private void changed() {
    version.incrementAndGet();
    listeners.forEach(Runnable::run);
  }

  private List<Served> of(Owner owner) {
    return ordered(servers.values()).stream().filter(served -> served.isFor(owner)).toList();
  }

  private static List<Served> ordered(java.util.Collection<Served> all) {
    List<Served> ordered = new ArrayList<>(all);
    ordered.sort((left, right) -> (left.name() + left.id()).compareTo(right.name() + right.id()));
    return ordered;
  }

  private Served served(Owner owner, String id) {
    return Optional.ofNullable(servers.get(id))
        .filter(served -> served.isFor(owner))
        .orElseThrow(() ->
            MnemeException.notFound("unknown_mcp_server", "There is no MCP server " + id + "."));
  }

  private StoredServer origin(Owner owner, String id) {
    return served(owner, id)
        .origin()
        .filter(server -> server.owner().equals(owner))
        .orElseThrow(() ->
            MnemeException.denied(
                "mcp_server_not_yours",
                "This server stands in servers.json, where the operator changes it."));
  }

  private void requireNotInFile(Owner owner, String name) {
    if (of(owner).stream()
        .anyMatch(served -> served.origin().isEmpty() && served.name().equals(name))) {
      throw ServerRows.nameInUse(name);
    }
  }

  private static MnemeException parked(String name, String why) {
    return MnemeException.unavailable(
        "mcp_server_parked", "The MCP server " + name + " is not started: " + why);
  }

  /** Ends all servers, side by side, with all they started. */
  @Override
  public void close() {
    Set<Served> all;
    synchronized (this) {
      closed = true;
      all = Set.copyOf(servers.values());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all.forEach(served -> served.upstream().ifPresent(one -> threads.execute(one::close)));
    }
    transports.close();
    log.debug("{} MCP servers were ended", all.size());
  }
}
