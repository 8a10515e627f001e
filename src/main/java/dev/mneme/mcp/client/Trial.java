package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.Connection;
import dev.mneme.mcp.client.wire.Greeter;
import dev.mneme.mcp.client.wire.Notices;
import dev.mneme.mcp.client.wire.Transport;
import dev.mneme.net.NetPolicy;
import java.util.List;
import java.util.Optional;

/**
 * What became of starting a server once, to see whether it works.
 *
 * @param server name, version and revision, where it was greeted
 * @param tools the names of its tools, as they are here
 * @param problem why it does not work
 * @param said what it said beside the protocol
 */
public record Trial(
    Optional<String> server, List<String> tools, Optional<String> problem, String said) {
  public Trial {
    tools = List.copyOf(tools);
  }

  /** Starts it, asks for its tools and ends it. */
  public static Trial run(
      ServerSpec spec, Transports transports, NetPolicy policy, Doors doors, String version) {
    Transport transport = transports.open(spec, "trial", policy, doors);
    try (Connection connection = greeted(spec, transport, version)) {
      List<String> tools =
          tools(spec, connection).stream()
              .map(tool -> ToolNames.of(spec.name(), tool.path("name").asText()))
              .toList();
      return new Trial(
          Optional.of(connection.server() + ", revision " + connection.revision()),
          tools,
          Optional.empty(),
          connection.said());
    } catch (CallFailed e) {
      return new Trial(Optional.empty(), List.of(), Optional.of(e.message()), transport.said());
    }
  }

  /** The tools of a server that is greeted for this alone, but for those that cannot be offered. */
  static List<Definition> tools(ServerSpec spec, Transport transport, String version)
      throws CallFailed {
    try (Connection connection = greeted(spec, transport, version)) {
      return tools(spec, connection).stream().map(Definition::of).toList();
    }
  }

  private static Connection greeted(ServerSpec spec, Transport transport, String version)
      throws CallFailed {
    return new Greeter(version, spec.protocol())
        .open(transport, spec.limits().start(), Notices.NONE);
  }

  private static List<ObjectNode> tools(ServerSpec spec, Connection connection) throws CallFailed {
    return connection.tools(spec.limits().start()).stream()
        .filter(tool -> Definition.problem(tool).isEmpty())
        .toList();
  }
}
