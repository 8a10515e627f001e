package dev.mneme.web.oauth;

import dev.mneme.web.ScopeNames;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Whose tokens are taken, and for what.
 *
 * @param issuer letter by letter as its tokens name it
 * @param keys where its keys are, where it does not say so itself
 * @param audiences that are taken instead of this server's addresses; empty for those
 * @param scopes what its scopes are called
 * @param introspection how it is asked about each token, where that is wanted
 */
public record IssuerSettings(
    String issuer,
    Optional<URI> keys,
    Set<String> audiences,
    ScopeNames scopes,
    Optional<Introspection> introspection) {
  public IssuerSettings {
    audiences = Set.copyOf(audiences);
  }
}
