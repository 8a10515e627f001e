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
  private volatile Known known = Known.NONE;
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
    known.all().forEach(served -> served.upstream().ifPresent(Upstream::start));
  }

  /** Reads anew which servers there are; those that did not change go on running. */
  public synchronized void look() {
    if (closed) {
      return;
    }
    Map<String, Served> old = known.servers();
    Map<String, Served> fresh = new LinkedHashMap<>();
    for (ServerList.Wanted wanted : list.read()) {
      Served next =
          Optional.ofNullable(old.get(wanted.id()))
              .filter(wanted::isSameAs)
              .map(same -> maker.refreshed(same, wanted))
              .orElseGet(() -> maker.make(wanted, this::listed));
      fresh.put(wanted.id(), next);
    }
    known = new Known(fresh);
    old.forEach((id, served) -> {
      Served next = fresh.get(id);
      if (next == null || !next.upstream().equals(served.upstream())) {
        served.upstream().ifPresent(gone -> Thread.ofVirtual().start(gone::close));
      }
    });
    if (started) {
      start();
      // What it waits for may have been done.
      known.all().stream()
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
    return known.of(owner).stream()
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
    return known.of(owner).stream().map(ServerView::of).toList();
  }

  /**
   * One of them.
   *
   * @throws MnemeException {@code unknown_mcp_server}
   */
  public ServerView server(Owner owner, String id) {
    return ServerView.of(known.one(owner, id));
  }

  /** The tools that MCP clients get too. */
  public List<UpstreamTool> servedOn() {
    return known.servedOn();
  }

  public Optional<UpstreamTool> find(Owner owner, String name) {
    return known.find(owner, name);
  }

  /**
   * Keeps a server that came over the API and starts it where it may be.
   *
   * @throws MnemeException {@code server_name_in_use}
   */
  public ServerView create(Owner owner, String name, Endpoint endpoint) {
    known.requireNotInFile(owner, name);
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
    StoredServer server = known.ofApi(owner, id);
    name.ifPresent(other -> known.requireNotInFile(owner, other));
    rows.update(server, name.orElse(server.name()), endpoint.orElse(server.endpoint()));
    look();
    return server(owner, id);
  }

  public void remove(Owner owner, String id) {
    StoredServer server = known.ofApi(owner, id);
    rows.remove(owner, server.id());
    look();
  }

  /**
   * Asks a server for its tools and waits for them.
   *
   * @throws MnemeException {@code mcp_server_parked}, {@code mcp_server_unreachable}
   */
  public ServerView refresh(Owner owner, String id) {
    Served served = known.one(owner, id);
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
    Served served = known.one(owner, id);
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
    return known.require(owner, name);
  }

  /** How a tool of the owner's own servers was changed, where that is not approved. */
  Optional<Pin> change(Owner owner, UpstreamTool tool) {
    Served served = known.one(owner, tool.serverId());
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
    Served served = known.one(owner, tool.serverId());
    return served.upstream().orElseThrow(() -> parked(served.name(), served.parked()));
  }

  ServerLimits limits(Owner owner, UpstreamTool tool) {
    return known
        .one(owner, tool.serverId())
        .spec()
        .map(ServerSpec::limits)
        .orElse(ServerLimits.DEFAULT);
  }

  /** What the server of a tool may have of a model. */
  Optional<Allowance> sampling(Owner owner, UpstreamTool tool) {
    Served served = known.one(owner, tool.serverId());
    return served
        .spec()
        .flatMap(ServerSpec::sampling)
        .map(limits -> new Allowance(served.owner(), served.id(), served.name(), limits));
  }

  private void listed(ServerList.Wanted wanted, List<ObjectNode> tools) {
    List<Pin> seen = pins.seen(wanted.owner(), wanted.id(), wanted.name(), tools);
    synchronized (this) {
      Optional<Known> next = closed ? Optional.empty() : known.with(wanted.id(), seen);
      if (next.isEmpty()) {
        return;
      }
      known = next.get();
    }
    changed();
  }

  private void changed() {
    version.incrementAndGet();
    listeners.forEach(Runnable::run);
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
      all = Set.copyOf(known.all());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all.forEach(served -> served.upstream().ifPresent(one -> threads.execute(one::close)));
    }
    transports.close();
    log.debug("{} MCP servers were ended", all.size());
  }
}
