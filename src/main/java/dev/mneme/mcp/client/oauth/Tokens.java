package dev.mneme.mcp.client.oauth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.secret.SecretText;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Gets tokens for codes and for older tokens, and keeps them. */
final class Tokens {
  /** A token is renewed so long before it is over, as it has to arrive too. */
  private static final long EARLY_SECONDS = 30;

  static final String NONCE = "DPoP-Nonce";

  /**
   * What the tokens are for.
   *
   * @param key that they are to be bound to
   */
  record Place(
      String issuer, String resource, URI endpoint, List<String> scopes, Optional<SecretText> key) {
    Scope scope() {
      return new Scope(scopes.toArray(String[]::new));
    }
  }

  private final OAuthHttp http;
  private final Vault vault;
  private final InstantSource clock;

  Tokens(OAuthHttp http, Vault vault, InstantSource clock) {
    this.http = http;
    this.vault = vault;
    this.clock = clock;
  }

  Grant fetch(Identity identity, Place place, AuthorizationGrant given) throws CallFailed {
    return fetch(identity, place, given, Optional.empty());
  }

  /** Renews a grant, at who gave it and nowhere else. */
  Grant renew(Grant old, Identity identity) throws CallFailed {
    SecretText refresh =
        old.refresh().orElseThrow(() -> Discovery.refused("there is nothing to renew it with"));
    return fetch(
        identity,
        new Place(old.issuer(), old.resource(), old.tokenEndpoint(), old.scopes(), old.key()),
        new RefreshTokenGrant(new RefreshToken(refresh.reveal())),
        old.refresh());
  }

  private Grant fetch(
      Identity identity, Place place, AuthorizationGrant given, Optional<SecretText> refresh)
      throws CallFailed {
    Optional<ClientAuthentication> proof = identity.authentication();
    TokenRequest.Builder request =
        proof.isPresent()
            ? new TokenRequest.Builder(place.endpoint(), proof.get(), given)
            : new TokenRequest.Builder(place.endpoint(), identity.id(), given);
    request.resource(Discovery.uri(place.resource()));
    // A code and an older token stand for scopes already.
    boolean asks = !(given instanceof AuthorizationCodeGrant || given instanceof RefreshTokenGrant);
    if (asks && !place.scopes().isEmpty()) {
      request.scope(place.scope());
    }
    TokenResponse response;
    try {
      response = TokenResponse.parse(sent(request.build(), place));
    } catch (ParseException e) {
      throw Discovery.refused(place.issuer() + " gave an answer that cannot be read");
    }
    if (!(response instanceof AccessTokenResponse success)) {
      throw Discovery.refused(
          place.issuer() + " gave no token: " + error(response.toErrorResponse().getErrorObject()));
    }
    AccessTokenType type = success.getTokens().getAccessToken().getType();
    boolean bound = place.key().isPresent() && type.equals(AccessTokenType.DPOP);
    if (!bound && !type.equals(AccessTokenType.BEARER)) {
      throw Discovery.refused(place.issuer() + " gave a token of a kind that is not known here");
    }
    Grant grant = grant(place, success, refresh, bound);
    vault.keep(grant);
    return grant;
  }

  private static String error(ErrorObject error) {
    return Optional.ofNullable(error.getCode())
        .map(code -> code.replaceAll("[^a-z_]", ""))
        .orElse("HTTP " + error.getHTTPStatusCode());
  }

  private HTTPResponse sent(TokenRequest wanted, Place place) throws CallFailed {
    HTTPRequest request = wanted.toHTTPRequest();
    if (place.key().isEmpty()) {
      return http.send(request);
    }
    Proofs proofs = Proofs.with(place.key().get());
    request.setDPoP(proofs.forToken(place.endpoint(), Optional.empty()));
    HTTPResponse response = http.send(request);
    String nonce = response.getHeaderValue(NONCE);
    if (response.getStatusCode() != 400 || nonce == null) {
      return response;
    }
    // It wants to choose a part of the proof itself; asking again once is what it wants.
    request.setDPoP(proofs.forToken(place.endpoint(), Optional.of(nonce)));
    return http.send(request);
  }

  private Grant grant(
      Place place, AccessTokenResponse success, Optional<SecretText> refresh, boolean bound) {
    long lifetime = success.getTokens().getAccessToken().getLifetime();
    Optional<Instant> expires =
        lifetime <= 0
            ? Optional.empty()
            : Optional.of(
                clock.instant().plusSeconds(Math.max(lifetime - EARLY_SECONDS, lifetime / 2)));
    return new Grant(
        place.issuer(),
        place.resource(),
        place.endpoint(),
        place.scopes(),
        new SecretText(success.getTokens().getAccessToken().getValue()),
        Optional.ofNullable(success.getTokens().getRefreshToken())
            .map(token -> new SecretText(token.getValue()))
            .or(() -> refresh),
        bound ? place.key() : Optional.empty(),
        expires);
  }
}
