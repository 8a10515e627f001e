package dev.mneme.mcp.client.oauth;

import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.mneme.mcp.client.wire.CallFailed;
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
    POST,
    /** The secret is a private key, which is never sent. */
    KEY;

    /** As the protocol writes it. */
    String text() {
      return switch (this) {
        case NONE -> "none";
        case BASIC -> "client_secret_basic";
        case POST -> "client_secret_post";
        case KEY -> "private_key_jwt";
      };
    }
  }

  ClientID id() {
    return new ClientID(clientId);
  }

  /** Whether it can prove who it is. */
  boolean proves() {
    return method != Method.NONE && secret.isPresent();
  }

  /** The proof; nothing for a client that has none. */
  Optional<ClientAuthentication> authentication() throws CallFailed {
    if (!proves()) {
      return Optional.empty();
    }
    SecretText known = secret.orElseThrow();
    return Optional.of(
        switch (method) {
          case NONE -> throw new IllegalStateException("proves nothing");
          case BASIC -> new ClientSecretBasic(id(), new Secret(known.reveal()));
          case POST -> new ClientSecretPost(id(), new Secret(known.reveal()));
          case KEY -> ClientKey.of(known).proof(this);
        });
  }
}
