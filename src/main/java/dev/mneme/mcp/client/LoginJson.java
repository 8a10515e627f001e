package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Timestamps;
import dev.mneme.mcp.client.oauth.Grant;
import dev.mneme.mcp.client.oauth.Identity;
import dev.mneme.secret.SecretText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a login is kept, before it is encrypted. */
final class LoginJson {
  private LoginJson() {}

  static String write(Identity identity) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("issuer", identity.issuer()).put("clientId", identity.clientId());
    identity.secret().ifPresent(secret -> json.put("secret", secret.reveal()));
    json.put("method", identity.method().name()).put("redirect", identity.redirect());
    return Json.write(json);
  }

  static Identity identity(String text) {
    JsonNode json = Json.parse(text);
    return new Identity(
        json.path("issuer").asText(),
        json.path("clientId").asText(),
        secret(json, "secret"),
        Identity.Method.valueOf(json.path("method").asText()),
        json.path("redirect").asText());
  }

  static String write(Grant grant, URI server) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("server", server.toString())
        .put("issuer", grant.issuer())
        .put("resource", grant.resource())
        .put("tokenEndpoint", grant.tokenEndpoint().toString())
        .put("access", grant.access().reveal());
    grant.scopes().forEach(json.putArray("scopes")::add);
    grant.refresh().ifPresent(refresh -> json.put("refresh", refresh.reveal()));
    grant.key().ifPresent(key -> json.put("key", key.reveal()));
    grant.expires().ifPresent(end -> json.put("expires", Timestamps.text(end)));
    return Json.write(json);
  }

  /** Nothing where it was given for another address: a server of the same name is another one. */
  static Optional<Grant> grant(String text, URI server) {
    JsonNode json = Json.parse(text);
    if (!json.path("server").asText().equals(server.toString())) {
      return Optional.empty();
    }
    List<String> scopes = new ArrayList<>();
    json.path("scopes").forEach(scope -> scopes.add(scope.asText()));
    return Optional.of(
        new Grant(
            json.path("issuer").asText(),
            json.path("resource").asText(),
            URI.create(json.path("tokenEndpoint").asText()),
            scopes,
            new SecretText(json.path("access").asText()),
            secret(json, "refresh"),
            secret(json, "key"),
            Optional.of(json.path("expires").asText(""))
                .filter(end -> !end.isEmpty())
                .map(Timestamps::parse)));
  }

  private static Optional<SecretText> secret(JsonNode json, String key) {
    return json.path(key).isTextual()
        ? Optional.of(new SecretText(json.path(key).asText()))
        : Optional.empty();
  }
}
