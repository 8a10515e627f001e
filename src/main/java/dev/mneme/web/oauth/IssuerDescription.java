package dev.mneme.web.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.net.OutboundClient;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches what an issuer says of itself (RFC 8414, OpenID discovery). Thread-safe. */
final class IssuerDescription {
  static final Duration TIME = Duration.ofSeconds(10);
  static final int LONGEST = 1 << 20;

  private static final String OPENID = "/.well-known/openid-configuration";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";

  private final OutboundClient http;
  private final String issuer;

  IssuerDescription(OutboundClient http, String issuer) {
    this.http = http;
    this.issuer = issuer;
  }

  /**
   * An address that it names.
   *
   * @throws MnemeException when it names none, is somebody else's, or names one that is not safe
   * @throws IllegalArgumentException when it is no address
   */
  URI named(String key) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    URI uri = URI.create(base);
    String path = Optional.ofNullable(uri.getRawPath()).orElse("");
    String host = uri.getScheme() + "://" + uri.getRawAuthority();
    for (String place : List.of(base + OPENID, host + OAUTH + path)) {
      Optional<JsonNode> description = document(URI.create(place));
      if (description.isPresent()) {
        return checked(description.get(), key);
      }
    }
    throw nothing(uri);
  }

  /** Letter by letter: who describes somebody else may have us believe anybody. */
  private URI checked(JsonNode description, String key) {
    if (!description.path("issuer").asText().equals(issuer)) {
      throw MnemeException.unavailable(
          "issuer_differs",
          "The description of the issuer is somebody else's; auth.issuer must be the very text that"
              + " stands under issuer there.");
    }
    if (description.path(key).asText().isEmpty()) {
      throw MnemeException.unavailable("issuer_incomplete", "The issuer names no " + key + ".");
    }
    URI place = URI.create(description.path(key).asText());
    // Whoever is on the way of an unencrypted answer could have us believe anybody.
    URI from = URI.create(issuer);
    boolean within = "http".equals(from.getScheme()) && from.getHost().equals(place.getHost());
    if (!"https".equals(place.getScheme()) && !within) {
      throw MnemeException.unavailable(
          "issuer_unsafe", "The issuer names an address as its " + key + " that is not https.");
    }
    return place;
  }

  /** What stands at an address; nothing where there is nothing. */
  Optional<JsonNode> document(URI place) {
    OutboundRequest request =
        OutboundRequest.get(place)
            .within(TIME, LONGEST)
            .withHeaders(Map.of("accept", "application/json"));
    try (OutboundResponse answer = http.send(request)) {
      return answer.status() == 200 ? Optional.of(Json.parse(answer.text())) : Optional.empty();
    }
  }

  static MnemeException nothing(URI place) {
    return MnemeException.unavailable("issuer_silent", "There is nothing at " + place + ".");
  }
}
