package dev.mneme.mcp.client.config;

import dev.mneme.secret.SecretText;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What the operator knows beforehand of logging in to one server.
 *
 * @param issuer the only authorization server that is trusted for it; else the one it names
 * @param clientId with which Mneme is registered there
 * @param clientSecret that goes with it
 * @param clientMetadata where a document about this client stands, for servers that take its
 *     address as the client's id
 * @param privateKey with which Mneme proves who it is instead of a secret, as PEM (PKCS #8)
 * @param unattended how Mneme logs in by itself; else a person has to
 * @param scopes that are asked for besides those the server wants
 */
public record OAuthSettings(
    Optional<String> issuer,
    Optional<String> clientId,
    Optional<SecretText> clientSecret,
    Optional<URI> clientMetadata,
    Optional<TextSource> privateKey,
    Optional<Unattended> unattended,
    List<String> scopes) {
  /** Nothing is known beforehand. */
  public static final OAuthSettings NONE =
      new OAuthSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  public OAuthSettings {
    scopes = List.copyOf(scopes);
  }
}
