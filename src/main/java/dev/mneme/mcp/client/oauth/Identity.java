package dev.mneme.mcp.client.oauth;

import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.mneme.secret.SecretText;
import java.util.Optional;

/**
 * Who this client is at one authorization server.
 *
 * @param issuer that knows it so; nobody else is told
 * @param redirect where answers may go, as it was registered; empty where that is not our affair
 */
public record Identity(
    String issuer, String clientId, Optional<SecretText> secret, Method method, String redirect) {
  /** How it proves that. */
  public enum Method {
    NONE,
    BASIC,
    POST;

    /** As the protocol writes it. */
    String text() {
      return switch (this) {
        case NONE -> "none";
        case BASIC -> "client_secret_basic";
        case POST -> "client_secret_post";
      };
    }
  }

  ClientID id() {
    return new ClientID(clientId);
  }

  /** The proof; nothing for a client that has none. */
  Optional<ClientAuthentication> authentication() {
    return secret.flatMap(known ->
        switch (method) {
          case NONE -> Optional.<ClientAuthentication>empty();
          case BASIC -> Optional.of(new ClientSecretBasic(id(), new Secret(known.reveal())));
          case POST -> Optional.of(new ClientSecretPost(id(), new Secret(known.reveal())));
        });
  }
}
