package dev.mneme.app;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.client.Doors;
import dev.mneme.mcp.client.HubSettings;
import dev.mneme.mcp.client.Logins;
import dev.mneme.mcp.client.Pin;
import dev.mneme.mcp.client.Pins;
import dev.mneme.mcp.client.ServerList;
import dev.mneme.mcp.client.ServerRows;
import dev.mneme.mcp.client.StoredServer;
import dev.mneme.mcp.client.Transports;
import dev.mneme.mcp.client.Trial;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.oauth.Person;
import dev.mneme.mcp.client.wire.Access;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.net.NetPolicy;
import dev.mneme.secret.SecretBox;
import dev.mneme.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the operator does with other MCP servers; a server may go on running meanwhile. */
public final class McpDesk implements AutoCloseable {
  private final Config config;
  private final Path file;
  private final HubSettings settings;
  private final Optional<Database> database;
  private final Optional<ServerRows> rows;
  private final Optional<Logins> logins;

  private McpDesk(
      Config config,
      Path file,
      HubSettings settings,
      Optional<Database> database,
      Optional<ServerRows> rows,
      Optional<Logins> logins) {
    this.config = config;
    this.file = file;
    this.settings = settings;
    this.database = database;
    this.rows = rows;
    this.logins = logins;
  }

  /** With the servers of the file alone: it opens no database. */
  public static McpDesk ofFile(Config config, Build build) {
    Path file = McpServers.file(config, build);
    return new McpDesk(
        config,
        file,
        McpServers.settings(config, file),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public static McpDesk open(Config config, Build build) {
    Path file = McpServers.file(config, build);
    HubSettings settings = McpServers.settings(config, file);
    Path stored = config.data().resolve("mneme.db");
    if (!Files.isRegularFile(stored)) {
      return new McpDesk(
          config, file, settings, Optional.empty(), Optional.empty(), Optional.empty());
    }
    SecureRandom random = new SecureRandom();
    Database database = Database.open(stored, 1);
    SecretBox box = SecretKeys.open(config, random);
    ServerRows rows =
        new ServerRows(database, box, new Ids(random, Clock.systemUTC()), Clock.systemUTC());
    Logins logins = new Logins(database, box, Clock.systemUTC());
    return new McpDesk(
        config, file, settings, Optional.of(database), Optional.of(rows), Optional.of(logins));
  }

  /** The owner of a name in {@code auth.keys}. */
  public static Owner owner(String name) {
    return Keyring.owner(name);
  }

  /** The file of the operator's own servers. */
  public Path file() {
    return file;
  }

  /** Those of the file, then those that came over the API. */
  public List<ServerList.Wanted> list(Owner owner) {
    return new ServerList(settings, () -> rows.map(each -> each.list(owner)).orElse(List.of()))
        .read();
  }

  /**
   * The one of a name.
   *
   * @throws MnemeException {@code unknown_mcp_server}
   */
  public ServerList.Wanted get(Owner owner, String name) {
    return list(owner).stream()
        .filter(server -> server.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            MnemeException.notFound(
                "unknown_mcp_server",
                "There is no MCP server '" + name + "'; see: mneme mcp-servers list"));
  }

  /** What is known of its tools. */
  public List<Pin> pins(ServerList.Wanted server) {
    return database
        .map(open -> new Pins(open, Clock.systemUTC()).list(server.owner(), server.id()))
        .orElse(List.of());
  }

  /** Takes what has changed as it is now; the tools it was about. */
  public List<String> approvePins(ServerList.Wanted server, Optional<String> tool) {
    List<String> approved =
        database
            .map(open ->
                new Pins(open, Clock.systemUTC()).approve(server.owner(), server.id(), tool))
            .orElse(List.of());
    tell();
    return approved;
  }

  /** Lets a program that came over the API start as it is now. */
  public void approve(ServerList.Wanted server) {
    StoredServer stored = ofApi(server);
    rows.orElseThrow().approve(stored);
    tell();
  }

  /** Removes one that came over the API, with all that is known of its tools. */
  public void remove(ServerList.Wanted server) {
    rows.orElseThrow().remove(server.owner(), ofApi(server).id());
    tell();
  }

  /** Starts a server once and asks for its tools, beside any that runs. */
  public Trial test(ServerList.Wanted server) {
    ServerSpec spec = spec(server);
    String mark = new Ids(new SecureRandom(), Clock.systemUTC()).next("trial");
    try (Transports transports = new Transports(mark, McpServers.home(), Optional.empty())) {
      return Trial.run(spec, transports, policy(server), doors(server), Version.current());
    }
  }

  /**
   * Lets the operator log in to a server, as the owner whose it is.
   *
   * @throws MnemeException {@code login_failed}
   */
  public void login(ServerList.Wanted server, List<String> scopes, Person person) {
    Logins kept =
        logins.orElseThrow(() ->
            MnemeException.unavailable(
                "no_data", "There is no data folder yet; run 'mneme serve' once before."));
    try (Transports transports = new Transports("login", McpServers.home(), Optional.empty())) {
      kept.login(server, spec(server), transports, policy(server), scopes, person);
    } catch (CallFailed e) {
      throw MnemeException.unavailable("login_failed", server.name() + ": " + e.message() + ".");
    }
    tell();
  }

  /** Forgets the tokens of a server; whether there were any. */
  public boolean logout(ServerList.Wanted server) {
    boolean had = logins.map(kept -> kept.forget(server.owner(), server.id())).orElse(false);
    tell();
    return had;
  }

  private static ServerSpec spec(ServerList.Wanted server) {
    return server
        .spec()
        .orElseThrow(() -> MnemeException.invalid("mcp_server_unusable", server.parked()));
  }

  private NetPolicy policy(ServerList.Wanted server) {
    return ServerList.policy(
        server, spec(server), new NetPolicy(settings.hosts(), Duration.ofSeconds(10)));
  }

  private Doors doors(ServerList.Wanted server) {
    return logins
        .map(kept -> kept.doors(server.owner(), server.id(), Optional.empty()))
        .orElse((_, _, _) -> Access.NONE);
  }

  /** The last lines it said beside the protocol, as a running server wrote them down. */
  public String log(ServerList.Wanted server) {
    Path log = McpServers.logs(config.data().resolve("cache")).resolve(server.id() + ".log");
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw MnemeException.unavailable("log_unreadable", log + " cannot be read.");
    }
  }

  private StoredServer ofApi(ServerList.Wanted server) {
    return server
        .origin()
        .orElseThrow(() ->
            MnemeException.invalid(
                "in_servers_file",
                "The MCP server " + server.name() + " stands in " + file + "; change it there."));
  }

  /** A running server looks at the time of this file. */
  private void tell() {
    Path mark = config.data().resolve("run").resolve(McpServers.CHANGED);
    try {
      if (!Files.exists(mark)) {
        Files.createFile(mark);
      }
      Files.setLastModifiedTime(mark, FileTime.from(Clock.systemUTC().instant()));
    } catch (IOException _) {
      // Without the folder no server runs that could be told.
    }
  }

  @Override
  public void close() {
    database.ifPresent(Database::close);
  }
}
