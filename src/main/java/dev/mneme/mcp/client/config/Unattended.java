package dev.mneme.mcp.client.config;

import dev.mneme.secret.SecretText;
import java.net.URI;
import java.util.Optional;

/** How Mneme logs in to a server by itself, with nobody there. */
public sealed interface Unattended {
  /** As the client that it is, with its secret or key. */
  record ClientCredentials() implements Unattended {}

  /**
   * With what the platform it runs on says of it (RFC 7523).
   *
   * @param assertion a signed token about this workload
   */
  record Workload(TextSource assertion) implements Unattended {}

  /**
   * For a person of an enterprise, whose identity provider decides what they may use (RFC 8693).
   *
   * @param idToken says who the person is
   * @param exchange where the identity provider gives an assertion for it
   * @param clientId with which Mneme is registered there
   */
  record Enterprise(
      TextSource idToken, URI exchange, String clientId, Optional<SecretText> clientSecret)
      implements Unattended {}
}
