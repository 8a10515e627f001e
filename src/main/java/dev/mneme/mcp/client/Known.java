package dev.mneme.mcp.client;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.client.config.ServerSpec;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The servers there are at one moment, and who sees which. Immutable. */
final class Known {
  static final Known NONE = new Known(Map.of());

  private final Map<String, Served> servers;
  private final List<Served> ordered;

  /**
   * @param servers by id
   */
  Known(Map<String, Served> servers) {
    this.servers = Map.copyOf(servers);
    this.ordered =
        servers.values().stream()
            .sorted(Comparator.comparing(served -> served.name() + served.id()))
            .toList();
  }

  Map<String, Served> servers() {
    return servers;
  }

  Collection<Served> all() {
    return servers.values();
  }

  /** Those an owner sees, ordered by name. */
  List<Served> of(Owner owner) {
    return ordered.stream().filter(served -> served.isFor(owner)).toList();
  }

  /** The tools that MCP clients get too. */
  List<UpstreamTool> servedOn() {
    return ordered.stream()
        .filter(served -> served.spec().map(ServerSpec::serve).orElse(false))
        .flatMap(served -> served.tools().values().stream())
        .toList();
  }

  Optional<UpstreamTool> find(Owner owner, String tool) {
    for (Served served : ordered) {
      UpstreamTool found = served.isFor(owner) ? served.tools().get(tool) : null;
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /**
   * A tool by the name it has here.
   *
   * @throws MnemeException {@code unknown_tool}
   */
  UpstreamTool require(Owner owner, String tool) {
    return find(owner, tool)
        .orElseThrow(() ->
            MnemeException.notFound(
                "unknown_tool", "No MCP server has a tool of that name now; list the tools."));
  }

  /**
   * One that an owner sees.
   *
   * @throws MnemeException {@code unknown_mcp_server}
   */
  Served one(Owner owner, String id) {
    return Optional.ofNullable(servers.get(id))
        .filter(served -> served.isFor(owner))
        .orElseThrow(() ->
            MnemeException.notFound("unknown_mcp_server", "There is no MCP server " + id + "."));
  }

  /**
   * The row of one that its owner may change.
   *
   * @throws MnemeException {@code unknown_mcp_server}, {@code mcp_server_not_yours}
   */
  StoredServer ofApi(Owner owner, String id) {
    return one(owner, id)
        .origin()
        .filter(server -> server.owner().equals(owner))
        .orElseThrow(() ->
            MnemeException.denied(
                "mcp_server_not_yours",
                "This server stands in servers.json, where the operator changes it."));
  }

  /**
   * Names of the file are the operator's.
   *
   * @throws MnemeException {@code server_name_in_use}
   */
  void requireNotInFile(Owner owner, String name) {
    if (of(owner).stream()
        .anyMatch(served -> served.origin().isEmpty() && served.name().equals(name))) {
      throw ServerRows.nameInUse(name);
    }
  }

  /** With what is known of a server's tools now; empty where that changes nothing. */
  Optional<Known> with(String id, List<Pin> pins) {
    Served present = servers.get(id);
    if (present == null) {
      return Optional.empty();
    }
    Served next = present.with(pins);
    if (next.tools().equals(present.tools())) {
      return Optional.empty();
    }
    Map<String, Served> fresh = new LinkedHashMap<>(servers);
    fresh.put(id, next);
    return Optional.of(new Known(fresh));
  }
}
