package dev.mneme.mcp.client;

import dev.mneme.mcp.client.config.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * One server at one moment.
 *
 * @param origin the row it came from; absent for one of {@code servers.json}
 * @param endpoint absent where the entry cannot be read
 * @param said the last lines it said beside the protocol
 */
public record ServerView(
    String id,
    String name,
    Optional<StoredServer> origin,
    Optional<Endpoint> endpoint,
    ServerStatus status,
    List<UpstreamTool> tools,
    String said) {
  public ServerView {
    tools = List.copyOf(tools);
  }

  static ServerView of(Served served) {
    return new ServerView(
        served.id(),
        served.name(),
        served.origin(),
        served
            .spec()
            .map(spec -> spec.endpoint())
            .or(() -> served.origin().map(StoredServer::endpoint)),
        served.status(),
        List.copyOf(served.tools().values()),
        served.upstream().map(Upstream::said).orElse(""));
  }
}
