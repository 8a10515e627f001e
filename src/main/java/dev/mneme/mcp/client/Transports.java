package dev.mneme.mcp.client;

import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.config.Unattended;
import dev.mneme.mcp.client.oauth.OAuthHttp;
import dev.mneme.mcp.client.wire.Access;
import dev.mneme.mcp.client.wire.EitherHttp;
import dev.mneme.mcp.client.wire.HttpDoor;
import dev.mneme.mcp.client.wire.HttpTransport;
import dev.mneme.mcp.client.wire.Rounds;
import dev.mneme.mcp.client.wire.SseTransport;
import dev.mneme.mcp.client.wire.StdioTransport;
import dev.mneme.mcp.client.wire.TailWriter;
import dev.mneme.mcp.client.wire.Transport;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import dev.mneme.store.PrivateFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the ways to servers. All that are reached over HTTP share one client for each set of rules,
 * which is made when it is first needed. Thread-safe.
 */
public final class Transports implements AutoCloseable {
  private final Rounds rounds = new Rounds();
  private final TailWriter tails = new TailWriter();
  private final Map<NetPolicy, OutboundClient> clients = new HashMap<>();
  private final AtomicLong started = new AtomicLong();
  private final String mark;
  private final Path home;
  private final Optional<Path> logs;

  /**
   * @param mark of this process alone
   * @param home where programs are started that do not say where
   * @param logs a private folder for the last lines that programs say; made where it is missing
   */
  public Transports(String mark, Path home, Optional<Path> logs) {
    this.mark = mark;
    this.home = home;
    this.logs = logs;
  }

  /**
   * @param policy what an address may be
   */
  Transport open(ServerSpec spec, String id, NetPolicy policy, Doors doors) {
    return switch (spec.endpoint()) {
      case Endpoint.Stdio stdio -> {
        List<String> command = new ArrayList<>();
        command.add(stdio.command());
        command.addAll(stdio.arguments());
        yield new StdioTransport(
            command,
            stdio.environment(),
            stdio.folder().map(Path::of).orElse(home),
            mark + "/" + id + "/" + started.incrementAndGet(),
            log(id),
            tails,
            rounds);
      }
      case Endpoint.Remote remote ->
          overHttp(
              new HttpDoor(
                  remote.url(),
                  remote.headers(),
                  client(policy),
                  access(spec, remote, policy, doors)),
              remote.kind());
    };
  }

  private static Transport overHttp(HttpDoor door, Endpoint.Remote.Kind kind) {
    return switch (kind) {
      case STREAMABLE -> new EitherHttp(new HttpTransport(door), () -> new SseTransport(door));
      case SSE -> new SseTransport(door);
    };
  }

  /** A server whose headers open it needs nothing else. */
  private Access access(ServerSpec spec, Endpoint.Remote remote, NetPolicy policy, Doors doors) {
    if (remote.headers().keySet().stream().anyMatch("authorization"::equalsIgnoreCase)) {
      return Access.NONE;
    }
    return doors.to(spec, remote.url(), oauth(spec, policy));
  }

  /** The way to those who let us in to a server; the operator names one by writing it down. */
  OAuthHttp oauth(ServerSpec spec, NetPolicy policy) {
    NetPolicy wider =
        spec.oauth().issuer().map(issuer -> policy.naming(URI.create(issuer))).orElse(policy);
    if (spec.oauth().unattended().orElse(null) instanceof Unattended.Enterprise enterprise) {
      wider = wider.naming(enterprise.exchange());
    }
    return new OAuthHttp(client(wider), wider);
  }

  private Optional<Path> log(String id) {
    return logs.flatMap(folder -> {
      try {
        PrivateFiles.folder(folder);
        return Optional.of(folder.resolve(id + ".log"));
      } catch (IOException | MnemeException _) {
        return Optional.empty();
      }
    });
  }

  private synchronized OutboundClient client(NetPolicy policy) {
    return Optional.ofNullable(clients.get(policy))
        .orElseGet(() -> {
          OutboundClient made = new OutboundClient(policy);
          clients.put(policy, made);
          return made;
        });
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(OutboundClient::close);
    tails.close();
  }
}
