package dev.mneme.web.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.net.OutboundClient;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the keys an issuer signs with, from where it says that they are. Thread-safe. */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
  private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final int LONGEST = 1 << 20;
  private static final String OPENID = "/.well-known/openid-configuration";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";

  private final OutboundClient http;
  private final String issuer;
  private final Optional<URI> named;
  private volatile boolean known;

  /**
   * @param named where the keys are, where the operator said that
   */
  IssuerKeys(OutboundClient http, String issuer, Optional<URI> named) {
    this.http = http;
    this.issuer = issuer;
    this.named = named;
  }

  /** Whether keys came at least once. */
  boolean isKnown() {
    return known;
  }

  @Override
  public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
      throws KeySourceException {
    try {
      URI place = named.isPresent() ? named.get() : discovered();
      JWKSet keys = JWKSet.parse(Json.write(document(place).orElseThrow(() -> nothing(place))));
      known = true;
      return keys;
    } catch (MnemeException | ParseException | IllegalArgumentException e) {
      log.warn("the keys of {} could not be fetched: {}", issuer, e.getMessage());
      throw new JWKSetUnavailableException("the keys could not be fetched", e);
    }
  }

  @Override
  public void close() {
    // The client is somebody else's.
  }

  private URI discovered() {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    URI uri = URI.create(base);
    String path = Optional.ofNullable(uri.getRawPath()).orElse("");
    String host = uri.getScheme() + "://" + uri.getRawAuthority();
    for (String place : List.of(base + OPENID, host + OAUTH + path)) {
      Optional<JsonNode> description = document(URI.create(place));
      if (description.isPresent()) {
        return keys(description.get());
      }
    }
    throw nothing(uri);
  }

  /** Letter by letter: who describes somebody else may have us believe anybody. */
  private URI keys(JsonNode description) {
    if (!description.path("issuer").asText().equals(issuer)) {
      throw MnemeException.unavailable(
          "issuer_differs",
          "The description of the issuer is somebody else's; auth.issuer must be the very text that"
              + " stands under issuer there.");
    }
    URI keys = URI.create(description.path("jwks_uri").asText());
    // Whoever is on the way of an unencrypted answer could have us believe anybody.
    URI from = URI.create(issuer);
    boolean within = "http".equals(from.getScheme()) && from.getHost().equals(keys.getHost());
    if (!"https".equals(keys.getScheme()) && !within) {
      throw MnemeException.unavailable(
          "issuer_keys_unsafe", "The issuer names an address of its keys that is not https.");
    }
    return keys;
  }

  private Optional<JsonNode> document(URI place) {
    OutboundRequest request =
        OutboundRequest.get(place)
            .within(TIME, LONGEST)
            .withHeaders(Map.of("accept", "application/json"));
    try (OutboundResponse answer = http.send(request)) {
      return answer.status() == 200 ? Optional.of(Json.parse(answer.text())) : Optional.empty();
    }
  }

  private static MnemeException nothing(URI place) {
    return MnemeException.unavailable("issuer_silent", "There is nothing at " + place + ".");
  }
}
