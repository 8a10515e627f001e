package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.oauth.Person;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.net.NetPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Makes what there should be into what there is; starts nothing. Thread-safe. */
final class ServerMaker {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final HubSettings settings;
  private final Logins logins;
  private final Pins pins;
  private final EraRows eras;
  private final Transports transports;

  ServerMaker(HubSettings settings, Logins logins, Pins pins, EraRows eras, Transports transports) {
    this.eras = eras;
    this.settings = settings;
    this.logins = logins;
    this.pins = pins;
    this.transports = transports;
  }

  /**
   * @param listed told of a server's tools
   */
  Served make(ServerList.Wanted wanted, BiConsumer<ServerList.Wanted, List<ObjectNode>> listed) {
    Optional<Upstream> upstream =
        wanted
            .spec()
            .filter(_ -> wanted.parked().isEmpty())
            .map(spec ->
                new Upstream(
                    spec,
                    () -> transports.open(spec, wanted.id(), policy(wanted, spec), doors(wanted)),
                    settings.version(),
                    settings.patience(),
                    System::nanoTime,
                    eras.of(wanted.owner(), wanted.id(), EndpointJson.sha256(spec.endpoint())),
                    tools -> listed.accept(wanted, tools)));
    return refreshed(
        new Served(
            wanted.id(),
            wanted.owner(),
            wanted.name(),
            wanted.origin(),
            wanted.spec(),
            upstream,
            wanted.parked(),
            Map.of()),
        wanted);
  }

  /** Pins may have been approved from outside. */
  Served refreshed(Served served, ServerList.Wanted wanted) {
    return new Served(
            served.id(),
            served.owner(),
            served.name(),
            wanted.origin(),
            served.spec(),
            served.upstream(),
            served.parked(),
            Map.of())
        .with(pins.list(served.owner(), served.id()));
  }

  /**
   * @throws MnemeException {@code login_failed}
   */
  void login(ServerList.Wanted wanted, Person person) {
    try {
      ServerSpec spec =
          wanted.spec().orElseThrow(() -> new CallFailed(Reason.CLOSED, wanted.parked()));
      logins.login(wanted, spec, transports, policy(wanted, spec), List.of(), person);
    } catch (CallFailed e) {
      throw MnemeException.unavailable("login_failed", wanted.name() + ": " + e.message() + ".");
    }
  }

  /** The tools of a server that is not kept. */
  List<Definition> visit(ServerList.Wanted wanted, ServerSpec spec) throws CallFailed {
    return Trial.tools(
        spec,
        transports.open(spec, wanted.id(), policy(wanted, spec), doors(wanted)),
        settings.version());
  }

  Logins logins() {
    return logins;
  }

  /** A login is one owner's: a server that all share is opened by its headers alone. */
  private Doors doors(ServerList.Wanted wanted) {
    return logins.doors(wanted.owner(), wanted.id(), Optional.empty());
  }

  private NetPolicy policy(ServerList.Wanted wanted, ServerSpec spec) {
    return ServerList.policy(wanted, spec, new NetPolicy(settings.hosts(), CONNECT));
  }
}
