package dev.mneme.mcp.client.oauth;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.JWTBearerGrant;
import dev.mneme.mcp.client.config.OAuthSettings;
import dev.mneme.mcp.client.config.TextSource;
import dev.mneme.mcp.client.config.Unattended;
import dev.mneme.mcp.client.wire.CallFailed;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.List;

/**
 * Logs in with nobody there. What is refused stays refused: nothing else is tried instead, and
 * whoever is told of it decides when to try again.
 */
final class UnattendedLogin {
  private static final URI NOWHERE = URI.create("");

  private final Discovery discovery;
  private final Identities identities;
  private final Tokens tokens;
  private final OAuthHttp http;
  private final OAuthSettings settings;

  UnattendedLogin(OAuthHttp http, URI server, OAuthSettings settings, Vault vault, Tokens tokens) {
    this.http = http;
    this.settings = settings;
    this.discovery = new Discovery(http, server, settings.issuer());
    this.identities = new Identities(http, settings, vault);
    this.tokens = tokens;
  }

  /**
   * @param had scopes that were asked for before, which are not to be lost
   */
  Grant run(Challenge challenge, List<String> had, Unattended how) throws CallFailed {
    Discovery.Found found = discovery.place(challenge);
    Identity identity = identities.at(found, NOWHERE);
    if (how instanceof Unattended.ClientCredentials && !identity.proves()) {
      throw Discovery.refused(
          found.issuer() + " takes neither a secret nor a key of a client to let it in");
    }
    Tokens.Place place = found.place(List.copyOf(found.wanted(challenge, had, settings.scopes())));
    return tokens.fetch(identity, place, grant(how, place));
  }

  private AuthorizationGrant grant(Unattended how, Tokens.Place place) throws CallFailed {
    return switch (how) {
      case Unattended.ClientCredentials _ -> new ClientCredentialsGrant();
      case Unattended.Workload workload -> bearer(read(workload.assertion(), "assertion"));
      case Unattended.Enterprise enterprise ->
          bearer(
              new Exchange(http, enterprise)
                  .assertion(read(enterprise.idToken(), "idToken"), place));
    };
  }

  private static JWTBearerGrant bearer(String assertion) throws CallFailed {
    try {
      return new JWTBearerGrant(SignedJWT.parse(assertion));
    } catch (ParseException | IllegalArgumentException _) {
      throw Discovery.refused("what is to be shown as an assertion is no signed token");
    }
  }

  private static String read(TextSource source, String key) throws CallFailed {
    try {
      return source.read().reveal();
    } catch (IOException e) {
      throw Discovery.refused("oauth." + key + "File cannot be read: " + e.getMessage());
    }
  }
}
