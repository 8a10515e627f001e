package dev.mneme.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Ids;
import dev.mneme.common.Owner;
import dev.mneme.mcp.client.Hub;
import dev.mneme.mcp.client.HubSettings;
import dev.mneme.mcp.client.Logins;
import dev.mneme.mcp.client.Patience;
import dev.mneme.mcp.client.Sampling;
import dev.mneme.mcp.client.SamplingBudget;
import dev.mneme.mcp.client.ServerRows;
import dev.mneme.mcp.client.Transports;
import dev.mneme.mcp.client.UpstreamCalls;
import dev.mneme.mcp.client.UpstreamTool;
import dev.mneme.mcp.server.tools.GatewayTools;
import dev.mneme.model.Models;
import dev.mneme.secret.SecretBox;
import dev.mneme.secret.SecretText;
import dev.mneme.store.DataFolder;
import dev.mneme.store.Database;
import dev.mneme.tool.Caller;
import dev.mneme.tool.OutsideTools;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub of other MCP servers, made when the first one is there: who has none pays for a look at
 * two files every other second. Thread-safe.
 */
final class McpServers implements OutsideTools, GatewayTools.Servers, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(McpServers.class);

  /** Touched by commands that change what there is. */
  static final String CHANGED = "mcp.changed";

  private static final long LOOK_MILLIS = 2_000;

  private record Live(Hub hub, UpstreamCalls calls) {}

  private final Path file;
  private final Path mark;
  private final Database database;
  private final Supplier<Live> maker;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Live live;
  private volatile @Nullable Thread opening;
  private volatile boolean warm;
  private volatile boolean closed;
  private volatile @Nullable Thread looking;

  private McpServers(Path file, Path mark, Database database, Supplier<Live> maker) {
    this.file = file;
    this.mark = mark;
    this.database = database;
    this.maker = maker;
  }

  static McpServers of(
      Config config,
      Build build,
      DataFolder folder,
      Database database,
      SecretBox box,
      ToolHost host,
      Models models,
      SecureRandom random) {
    Path file = file(config, build);
    return new McpServers(
        file,
        folder.run().resolve(CHANGED),
        database,
        () -> {
          Ids ids = new Ids(random, Clock.systemUTC());
          Hub hub =
              new Hub(
                  settings(config, file),
                  database,
                  new ServerRows(database, box, ids, Clock.systemUTC()),
                  new Logins(database, box, Clock.systemUTC()),
                  new Transports(ids.next("hub"), home(), Optional.of(logs(folder.cache()))),
                  Clock.systemUTC());
          Sampling sampling =
              host.sampling(models, new SamplingBudget(database, ids, Clock.systemUTC()));
          return new Live(hub, hub.calls(host::gate, host.consent(), Optional.of(sampling)));
        });
  }

  /** The file there is, or would be. */
  static Path file(Config config, Build build) {
    return config.mcp().servers().orElseGet(build::servers);
  }

  static HubSettings settings(Config config, Path file) {
    Map<String, SecretText> secrets = config.tools().secrets();
    return new HubSettings(
        file,
        name ->
            Optional.ofNullable(System.getenv(name))
                .or(() -> Optional.ofNullable(secrets.get(name)).map(SecretText::reveal)),
        name -> Optional.ofNullable(secrets.get(name)).map(SecretText::reveal),
        config.mcp().hosts(),
        config.mcp().stdioOverApi() == McpConfig.StdioOverApi.ALLOW
            && Bind.isLoopback(config.server().host()),
        Version.current(),
        Patience.DEFAULT);
  }

  /** Where the last lines of programs are kept. */
  static Path logs(Path cache) {
    return cache.resolve("mcp");
  }

  static Path home() {
    return Path.of(System.getProperty("user.home", "/"));
  }

  /**
   * Begins to read what other servers offered last; starts none. Who asks before that is read waits
   * for it, and nobody else: reading the catalogs of many servers takes as long as half a start.
   */
  void open() {
    if (Files.exists(file) || ServerRows.any(database)) {
      opening = Thread.ofVirtual().name("mcp-catalog").start(this::read);
    }
  }

  /** Starts the servers in the background, and looks for changes from now on. */
  void warm() {
    // What is being read now sees this when it has been, so that nobody waits here for it.
    warm = true;
    Live present = live;
    if (present != null) {
      present.hub().start();
    }
    looking = Thread.ofVirtual().name("mcp-look").start(this::look);
  }

  Hub hub() {
    return live().hub();
  }

  private void read() {
    try {
      hub();
    } catch (RuntimeException e) {
      if (!closed) {
        log.error("What other MCP servers offer could not be read", e);
      }
    }
  }

  Optional<Hub> present() {
    return opened().map(Live::hub);
  }

  /** What there is, once that is known. */
  private Optional<Live> opened() {
    Thread reading = opening;
    if (live == null && reading != null) {
      try {
        reading.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    return Optional.ofNullable(live);
  }

  boolean has(Owner owner, String name) {
    return present().flatMap(hub -> hub.find(owner, name)).isPresent();
  }

  /** Whether MCP clients have the tool, of a server that is trusted and says that it only reads. */
  boolean onlyReads(String name) {
    return servedOn().stream()
        .anyMatch(tool -> tool.name().equals(name) && tool.hints().readOnly());
  }

  @Override
  public ToolOutcome call(Caller caller, String name, ObjectNode arguments, ToolListener listener) {
    return live().calls().call(caller, name, arguments, listener);
  }

  @Override
  public long version() {
    return present().map(Hub::version).orElse(0L);
  }

  @Override
  public List<StoredTool> tools(Owner owner) {
    return present().map(hub -> hub.tools(owner)).orElse(List.of());
  }

  @Override
  public List<UpstreamTool> servedOn() {
    return present().map(Hub::servedOn).orElse(List.of());
  }

  /** Tells a listener of every later change. */
  @Override
  public AutoCloseable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private synchronized Live live() {
    Live present = live;
    if (present == null) {
      if (closed) {
        throw new IllegalStateException("closed");
      }
      present = maker.get();
      present.hub().onChange(() -> listeners.forEach(Runnable::run));
      live = present;
      if (warm) {
        present.hub().start();
      }
      listeners.forEach(Runnable::run);
    }
    return present;
  }

  private void look() {
    List<Optional<FileTime>> seen = times();
    try {
      while (true) {
        Thread.sleep(LOOK_MILLIS);
        List<Optional<FileTime>> now = times();
        if (!now.equals(seen)) {
          seen = now;
          hub().look();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Optional<FileTime>> times() {
    return List.of(time(file), time(mark));
  }

  private static Optional<FileTime> time(Path path) {
    try {
      return Optional.of(Files.getLastModifiedTime(path));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    Live present;
    synchronized (this) {
      closed = true;
      present = live;
    }
    Thread watching = looking;
    if (watching != null) {
      watching.interrupt();
    }
    if (present != null) {
      present.hub().close();
    }
  }
}
