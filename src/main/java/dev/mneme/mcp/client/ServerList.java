package dev.mneme.mcp.client;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.mcp.client.config.ServerEntry;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.config.ServersFile;
import dev.mneme.net.NetPolicy;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which servers there should be. A file with a mistake that makes all of it unreadable changes
 * nothing: what it said before still counts. Confined to who holds the hub's lock.
 */
public final class ServerList {
  private static final Logger log = LoggerFactory.getLogger(ServerList.class);
  private static final long MAX_BYTES = 1 << 20;

  /**
   * @param spec absent where it cannot be used at all
   * @param parked why it is not to be started; empty: it is
   */
  public record Wanted(
      String id,
      Owner owner,
      String name,
      Optional<StoredServer> origin,
      Optional<ServerSpec> spec,
      String parked) {
    boolean isSameAs(Served served) {
      return owner.equals(served.owner())
          && name.equals(served.name())
          && spec.equals(served.spec())
          && parked.equals(served.parked());
    }
  }

  private final HubSettings settings;
  private final Supplier<List<StoredServer>> rows;
  private List<Wanted> ofFile = List.of();

  /**
   * @param rows those that came over the API
   */
  public ServerList(HubSettings settings, Supplier<List<StoredServer>> rows) {
    this.settings = settings;
    this.rows = rows;
  }

  /** Those of the file, in its order, then the others. */
  public List<Wanted> read() {
    try {
      ofFile =
          text()
              .map(text -> ServersFile.read(text, settings.variables(), settings.secrets()))
              .orElse(List.of())
              .stream()
              .map(ServerList::ofFile)
              .toList();
    } catch (MnemeException e) {
      log.error("{} What it said before still counts.", e.message());
    }
    List<Wanted> all = new ArrayList<>(ofFile);
    rows.get().forEach(server -> all.add(ofRow(server)));
    return all;
  }

  /** The operator names a host by writing it into the file; nobody else can name one. */
  public static NetPolicy policy(Wanted wanted, ServerSpec spec, NetPolicy usual) {
    return wanted.origin().isEmpty() && spec.endpoint() instanceof Endpoint.Remote remote
        ? usual.naming(remote.url())
        : usual;
  }

  /** The id of a server of the file follows from its name. */
  static String id(String name) {
    return Ids.named("mcp_server", "file/" + name);
  }

  private static Wanted ofFile(ServerEntry entry) {
    return switch (entry) {
      case ServerEntry.Usable(ServerSpec spec) ->
          new Wanted(
              id(spec.name()), Owner.DEFAULT, spec.name(), Optional.empty(), Optional.of(spec), "");
      case ServerEntry.Unusable(String name, String problem) -> {
        log.warn("The MCP server {} is parked: {}", name, problem);
        yield new Wanted(
            id(name), Owner.DEFAULT, name, Optional.empty(), Optional.empty(), problem);
      }
    };
  }

  /** As if it had come over the API and been kept. */
  Wanted ofRow(StoredServer server) {
    boolean may =
        server.mayStart()
            || (server.endpoint() instanceof Endpoint.Stdio && settings.stdioOverApi());
    String parked =
        may
            ? ""
            : "it is a program that came over the API; look at it and let it start with: mneme"
                + " mcp-servers approve "
                + server.name();
    return new Wanted(
        server.id(),
        server.owner(),
        server.name(),
        Optional.of(server),
        Optional.of(ServerSpec.of(server.name(), server.endpoint())),
        parked);
  }

  private Optional<String> text() {
    try {
      if (Files.size(settings.file()) > MAX_BYTES) {
        throw unreadable("it is larger than 1 MiB.");
      }
      return Optional.of(Files.readString(settings.file())).filter(text -> !text.isBlank());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (MalformedInputException _) {
      throw unreadable("it is not UTF-8 text.");
    } catch (IOException e) {
      throw unreadable(e.getClass().getSimpleName() + ".");
    }
  }

  private static MnemeException unreadable(String what) {
    return MnemeException.invalid("invalid_servers_file", "servers.json cannot be used: " + what);
  }
}
