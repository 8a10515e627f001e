package dev.mneme.mcp.client.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.openid.connect.sdk.rp.ApplicationType;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientMetadata;
import dev.mneme.mcp.client.config.OAuthSettings;
import dev.mneme.mcp.client.config.TextSource;
import dev.mneme.mcp.client.oauth.Identity.Method;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.secret.SecretText;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who this client is at an authorization server: as the operator registered it, else by the
 * address of a document about it, else as it registers itself.
 */
final class Identities {
  private final OAuthHttp http;
  private final OAuthSettings settings;
  private final Vault vault;

  Identities(OAuthHttp http, OAuthSettings settings, Vault vault) {
    this.http = http;
    this.settings = settings;
    this.vault = vault;
  }

  /** It is kept, because tokens are renewed by who got them. */
  Identity at(Discovery.Found place, URI redirect) throws CallFailed {
    Identity identity = decided(place, redirect);
    vault.keep(identity);
    return identity;
  }

  private Identity decided(Discovery.Found place, URI redirect) throws CallFailed {
    if (settings.clientId().isPresent() && settings.privateKey().isPresent()) {
      return new Identity(
          place.issuer(),
          settings.clientId().get(),
          Optional.of(key(settings.privateKey().get())),
          Method.KEY,
          "");
    }
    if (settings.clientId().isPresent()) {
      return new Identity(
          place.issuer(),
          settings.clientId().get(),
          settings.clientSecret(),
          method(place, settings.clientSecret().isPresent()),
          "");
    }
    if (place.takesDocuments() && settings.clientMetadata().isPresent()) {
      return new Identity(
          place.issuer(),
          settings.clientMetadata().get().toString(),
          Optional.empty(),
          Method.NONE,
          "");
    }
    Optional<Identity> known =
        vault
            .identity(place.issuer())
            .filter(identity -> identity.redirect().equals(redirect.toString()));
    return known.isPresent() ? known.get() : register(place, redirect);
  }

  private static SecretText key(TextSource source) throws CallFailed {
    try {
      return source.read();
    } catch (IOException e) {
      throw Discovery.refused("oauth.privateKeyFile cannot be read: " + e.getMessage());
    }
  }

  private Identity register(Discovery.Found place, URI redirect) throws CallFailed {
    URI endpoint = place.how().getRegistrationEndpointURI();
    if (endpoint == null) {
      throw Discovery.refused(
          place.issuer()
              + " lets nobody register by itself; register Mneme there, and write clientId (and"
              + " clientSecret) under oauth in servers.json");
    }
    OIDCClientMetadata wanted = new OIDCClientMetadata();
    wanted.setName("Mneme");
    wanted.setApplicationType(ApplicationType.NATIVE);
    wanted.setRedirectionURI(redirect);
    wanted.setGrantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
    wanted.setResponseTypes(Set.of(ResponseType.CODE));
    Method asked = offers(place, Method.NONE) ? Method.NONE : method(place, true);
    wanted.setTokenEndpointAuthMethod(new ClientAuthenticationMethod(asked.text()));
    ObjectNode answer = http.register(endpoint, wanted.toString());
    String id = answer.path("client_id").asText("");
    if (id.isEmpty()) {
      throw Discovery.refused(place.issuer() + " gave this client no id");
    }
    Optional<SecretText> secret =
        Optional.of(answer.path("client_secret").asText(""))
            .filter(text -> !text.isEmpty())
            .map(SecretText::new);
    return new Identity(
        place.issuer(),
        id,
        secret,
        given(answer.path("token_endpoint_auth_method").asText(""))
            .orElseGet(() -> method(place, secret.isPresent())),
        redirect.toString());
  }

  private static Optional<Method> given(String text) {
    for (Method method : Method.values()) {
      if (method.text().equals(text)) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }

  private static Method method(Discovery.Found place, boolean secret) {
    if (!secret) {
      return Method.NONE;
    }
    if (offers(place, Method.BASIC)) {
      return Method.BASIC;
    }
    return offers(place, Method.POST) ? Method.POST : Method.NONE;
  }

  /** A server that does not say takes the one everybody has to know. */
  private static boolean offers(Discovery.Found place, Method method) {
    List<ClientAuthenticationMethod> known = place.how().getTokenEndpointAuthMethods();
    return known == null
        ? method == Method.BASIC
        : known.stream().anyMatch(each -> each.getValue().equals(method.text()));
  }
}
