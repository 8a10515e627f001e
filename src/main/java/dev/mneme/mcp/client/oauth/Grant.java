package dev.mneme.mcp.client.oauth;

import dev.mneme.secret.SecretText;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody let us have.
 *
 * @param resource the server it opens, as that calls itself
 * @param tokenEndpoint where it is renewed
 * @param scopes that were asked for
 * @param key that proves that the token is ours, where it is bound to one
 * @param expires when the token is of no use any more, where that was said
 */
public record Grant(
    String issuer,
    String resource,
    URI tokenEndpoint,
    List<String> scopes,
    SecretText access,
    Optional<SecretText> refresh,
    Optional<SecretText> key,
    Optional<Instant> expires) {
  public Grant {
    scopes = List.copyOf(scopes);
  }

  boolean isOver(Instant now) {
    return expires.filter(end -> !now.isBefore(end)).isPresent();
  }
}
