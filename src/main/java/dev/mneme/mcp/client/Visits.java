package dev.mneme.mcp.client;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.oauth.Person;
import dev.mneme.mcp.client.wire.CallFailed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Servers that somebody describes over the API to see what they have, before they are kept or
 * without that. What a person was let in with is there when such a server is kept within a day.
 * Thread-safe.
 */
public final class Visits {
  private static final String PREFIX = "mcp_visit";

  private final ServerList list;
  private final ServerMaker maker;
  private final InstantSource clock;

  Visits(ServerList list, ServerMaker maker, InstantSource clock) {
    this.list = list;
    this.maker = maker;
    this.clock = clock;
  }

  /**
   * Greets the server, asks for its tools and leaves it.
   *
   * @throws MnemeException {@code mcp_server_parked} for a program that must not start, {@code
   *     mcp_server_unreachable}
   */
  public List<Definition> tools(Owner owner, String name, Endpoint endpoint) {
    ServerList.Wanted wanted = wanted(owner, name, endpoint);
    try {
      return maker.visit(wanted, spec(wanted));
    } catch (CallFailed e) {
      throw MnemeException.unavailable(
          "mcp_server_unreachable",
          "The MCP server " + name + " could not be asked: " + e.message());
    }
  }

  /**
   * Lets a person log in.
   *
   * @throws MnemeException {@code login_failed}
   */
  public void login(Owner owner, String name, Endpoint endpoint, Person person) {
    maker.logins().forgetOld(owner, PREFIX);
    maker.login(wanted(owner, name, endpoint), person);
  }

  /** A server is kept now, that may have been visited. */
  void kept(StoredServer server) {
    if (server.endpoint() instanceof Endpoint.Remote) {
      maker.logins().move(server.owner(), id(server.owner(), server.endpoint()), server.id());
    }
  }

  private ServerList.Wanted wanted(Owner owner, String name, Endpoint endpoint) {
    Instant now = Timestamps.stored(clock.instant());
    return list.ofRow(
        new StoredServer(id(owner, endpoint), owner, name, endpoint, Optional.empty(), now, now));
  }

  private static ServerSpec spec(ServerList.Wanted wanted) {
    if (!wanted.parked().isEmpty()) {
      throw MnemeException.unavailable(
          "mcp_server_parked",
          "A program that comes over the API is not started to see what it has. Add the server, and"
              + " let it start with: mneme mcp-servers approve "
              + wanted.name());
    }
    return wanted.spec().orElseThrow();
  }

  private static String id(Owner owner, Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Remote remote -> Ids.named(PREFIX, owner.id() + " " + remote.url());
      case Endpoint.Stdio stdio -> Ids.named(PREFIX, owner.id() + " " + stdio.command());
    };
  }
}
