package dev.mneme.mcp.client;

import dev.mneme.common.Owner;
import dev.mneme.mcp.client.config.Endpoint;
import java.time.Instant;
import java.util.Optional;

/**
 * A server that came over the API.
 *
 * @param approved hash of the endpoint that somebody with access to this machine approved
 */
public record StoredServer(
    String id,
    Owner owner,
    String name,
    Endpoint endpoint,
    Optional<String> approved,
    Instant createdAt,
    Instant updatedAt) {

  /** Whether it may be started: a program runs with all rights of this server's user. */
  public boolean mayStart() {
    return endpoint instanceof Endpoint.Remote
        || approved.filter(EndpointJson.sha256(endpoint)::equals).isPresent();
  }
}
