package dev.mneme.web.oauth;

import dev.mneme.secret.SecretText;
import java.net.URI;
import java.util.Optional;

/**
 * As whom an issuer is asked what its tokens are (RFC 7662).
 *
 * @param endpoint where, where the issuer does not say so itself
 */
public record Introspection(Optional<URI> endpoint, String client, SecretText secret) {}
