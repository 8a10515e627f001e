package dev.mneme.mcp.client.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.token.TypelessAccessToken;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.config.Unattended;
import dev.mneme.mcp.client.wire.CallFailed;
import java.util.List;

/**
 * Has an identity provider say that a person may use a server: an ID token is exchanged for an
 * assertion that the server's authorization server takes.
 */
final class Exchange {
  private static final String ASSERTION = "urn:ietf:params:oauth:token-type:id-jag";

  private final OAuthHttp http;
  private final Unattended.Enterprise settings;

  Exchange(OAuthHttp http, Unattended.Enterprise settings) {
    this.http = http;
    this.settings = settings;
  }

  String assertion(String idToken, Tokens.Place place) throws CallFailed {
    ClientID client = new ClientID(settings.clientId());
    TokenExchangeGrant grant =
        new TokenExchangeGrant(
            new TypelessAccessToken(idToken),
            TokenTypeURI.ID_TOKEN,
            null,
            null,
            type(),
            List.of(new Audience(place.issuer())));
    TokenRequest.Builder request =
        settings.clientSecret().isPresent()
            ? new TokenRequest.Builder(
                settings.exchange(),
                new ClientSecretBasic(client, new Secret(settings.clientSecret().get().reveal())),
                grant)
            : new TokenRequest.Builder(settings.exchange(), client, grant);
    request.resource(Discovery.uri(place.resource()));
    if (!place.scopes().isEmpty()) {
      request.scope(place.scope());
    }
    JsonNode answer = answered(http.send(request.build().toHTTPRequest()));
    if (!answer.path("issued_token_type").asText().equals(ASSERTION)) {
      throw Discovery.refused("the identity provider gave no assertion for the exchange");
    }
    return answer.path("access_token").asText();
  }

  private static JsonNode answered(HTTPResponse response) throws CallFailed {
    JsonNode answer;
    try {
      answer = Json.parse(String.valueOf(response.getBody()));
    } catch (MnemeException _) {
      throw Discovery.refused("the identity provider gave an answer that cannot be read");
    }
    if (response.getStatusCode() != 200) {
      String error = answer.path("error").asText("").replaceAll("[^a-z_]", "");
      throw Discovery.refused("the identity provider refused the exchange: " + error);
    }
    return answer;
  }

  private static TokenTypeURI type() {
    try {
      return TokenTypeURI.parse(ASSERTION);
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
