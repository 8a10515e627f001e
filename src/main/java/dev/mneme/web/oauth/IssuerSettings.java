package dev.mneme.web.oauth;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Whose tokens are taken, and for what.
 *
 * @param issuer letter by letter as its tokens name it
 * @param keys where its keys are, where it does not say so itself
 * @param address scheme, host and port that clients know this server by
 * @param audiences that are taken instead of this server's addresses; empty for those
 */
public record IssuerSettings(
    String issuer, Optional<URI> keys, Optional<URI> address, Set<String> audiences) {
  public IssuerSettings {
    audiences = Set.copyOf(audiences);
  }
}
