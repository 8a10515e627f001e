package dev.mneme.mcp.client.config;

import dev.mneme.mcp.client.wire.Protocol;
import java.util.Optional;
import java.util.Set;

/**
 * One server and how it is used.
 *
 * @param name by which its tools are told from those of others
 * @param hiddenTools its tools that are left out
 * @param shared whether every owner has its tools, not the default owner alone
 * @param serve whether MCP clients of this server get its tools
 * @param trusted whether what it says of its tools, that one only reads say, is believed
 * @param blockChanges whether a tool whose definition changed is refused until the change is
 *     approved; else it is only told
 * @param protocol which generation of the protocol it is spoken to in
 * @param oauth what is known beforehand of logging in
 * @param sampling what it may have of a model; absent: nothing
 */
public record ServerSpec(
    String name,
    Endpoint endpoint,
    ServerLimits limits,
    Set<String> hiddenTools,
    boolean shared,
    boolean serve,
    boolean trusted,
    boolean blockChanges,
    Protocol protocol,
    OAuthSettings oauth,
    Optional<SamplingLimits> sampling) {
  public ServerSpec {
    hiddenTools = Set.copyOf(hiddenTools);
    if (endpoint instanceof Endpoint.Remote remote && remote.kind() == Endpoint.Remote.Kind.SSE) {
      // No newer revision is spoken over the older transport.
      protocol = Protocol.OLDER;
    }
  }

  /** A server with nothing set. */
  public static ServerSpec of(String name, Endpoint endpoint) {
    return new ServerSpec(
        name,
        endpoint,
        ServerLimits.DEFAULT,
        Set.of(),
        false,
        false,
        false,
        true,
        Protocol.AUTO,
        OAuthSettings.NONE,
        Optional.empty());
  }
}
