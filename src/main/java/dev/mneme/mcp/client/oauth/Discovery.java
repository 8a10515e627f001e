package dev.mneme.mcp.client.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import dev.mneme.common.Json;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out who may let us in to a server (RFC 9728), and how (RFC 8414, OpenID discovery). */
final class Discovery {
  private static final String RESOURCE = "/.well-known/oauth-protected-resource";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  /**
   * @param resource as the server calls itself
   * @param scopes it has; absent where it does not say
   * @param takesDocuments whether the address of a document about a client is a client id here
   * @param bound whether tokens have to be bound to a key
   * @param names the scopes the authorization server knows; empty where it does not say
   */
  record Found(
      String resource,
      Optional<List<String>> scopes,
      String issuer,
      AuthorizationServerMetadata how,
      boolean takesDocuments,
      boolean bound,
      List<String> names) {
    Found {
      names = List.copyOf(names);
    }

    /**
     * What to ask for.
     *
     * @param had what was asked for before, which is not to be lost
     * @param configured what the operator wants besides
     */
    Set<String> wanted(Challenge challenge, List<String> had, List<String> configured) {
      Set<String> wanted = new LinkedHashSet<>(had);
      wanted.addAll(challenge.scopes().or(this::scopes).orElse(List.of()));
      wanted.addAll(configured);
      return wanted;
    }

    /** Where tokens for it are had, with a new key where they have to be bound to one. */
    Tokens.Place place(List<String> wanted) {
      return new Tokens.Place(
          issuer,
          resource,
          how.getTokenEndpointURI(),
          wanted,
          bound ? Optional.of(Proofs.newKey()) : Optional.empty());
    }
  }

  private record Guarded(
      String resource, Optional<List<String>> scopes, String issuer, boolean bound) {}

  private final OAuthHttp http;
  private final URI server;
  private final Optional<String> trusted;

  /**
   * @param trusted the only issuer that is, where the operator named one
   */
  Discovery(OAuthHttp http, URI server, Optional<String> trusted) {
    this.http = http;
    this.server = server;
    this.trusted = trusted;
  }

  /** For a person, who logs in at a place whose codes are protected. */
  Found find(Challenge challenge) throws CallFailed {
    Found found = place(challenge);
    AuthorizationServerMetadata how = found.how();
    List<CodeChallengeMethod> methods = how.getCodeChallengeMethods();
    if (methods == null || !methods.contains(CodeChallengeMethod.S256)) {
      throw refused(found.issuer() + " does not protect codes (PKCE with S256)");
    }
    if (how.getAuthorizationEndpointURI() == null) {
      throw refused(found.issuer() + " has no place to log in at");
    }
    return found;
  }

  /** For whoever needs no person. */
  Found place(Challenge challenge) throws CallFailed {
    Guarded guarded = guarded(challenge);
    ObjectNode document = authorizationServer(guarded.issuer());
    AuthorizationServerMetadata how;
    try {
      how = AuthorizationServerMetadata.parse(Json.write(document));
    } catch (ParseException e) {
      throw refused("the description of " + guarded.issuer() + " cannot be read");
    }
    if (how.getTokenEndpointURI() == null) {
      throw refused(guarded.issuer() + " has no place to get a token at");
    }
    boolean bound = guarded.bound() || challenge.bound();
    List<JWSAlgorithm> algorithms = how.getDPoPJWSAlgs();
    if (bound && (algorithms == null || !algorithms.contains(Proofs.ALGORITHM))) {
      throw refused(
          guarded.issuer()
              + " does not bind tokens to keys (DPoP with ES256), as the server wants");
    }
    return new Found(
        guarded.resource(),
        guarded.scopes(),
        guarded.issuer(),
        how,
        document.path("client_id_metadata_document_supported").asBoolean(false),
        bound,
        texts(document.path("scopes_supported")).orElse(List.of()));
  }

  private Guarded guarded(Challenge challenge) throws CallFailed {
    List<URI> places = new ArrayList<>();
    if (challenge.metadata().isPresent()) {
      places.add(uri(challenge.metadata().get()));
    } else {
      places.add(at(server, RESOURCE + path(server)));
      if (!path(server).isEmpty()) {
        places.add(at(server, RESOURCE));
      }
    }
    for (URI place : places) {
      Optional<ObjectNode> document = http.document(place);
      if (document.isPresent()) {
        return guarded(document.get());
      }
    }
    // Servers from before there were such descriptions are their own authorization servers.
    return new Guarded(
        server.toString(), Optional.empty(), trusted.orElse(at(server, "").toString()), false);
  }

  private Guarded guarded(ObjectNode document) throws CallFailed {
    String resource = document.path("resource").asText("");
    if (!covers(uri(resource))) {
      throw refused("the server says that it is " + resource + ", which it is not");
    }
    List<String> issuers = texts(document.path("authorization_servers")).orElse(List.of());
    if (issuers.isEmpty()) {
      throw refused("the server names nobody who could let us in");
    }
    if (trusted.isPresent() && !issuers.contains(trusted.get())) {
      throw refused("the server does not name " + trusted.get() + " any more, which is trusted");
    }
    return new Guarded(
        resource,
        texts(document.path("scopes_supported")),
        trusted.orElseGet(issuers::getFirst),
        document.path("dpop_bound_access_tokens_required").asBoolean(false));
  }

  /** Whether a resource is this server, or what it stands under. */
  private boolean covers(URI resource) {
    String ours = path(server) + "/";
    String theirs = path(resource) + "/";
    return at(resource, "").equals(at(server, "")) && ours.startsWith(theirs);
  }

  private ObjectNode authorizationServer(String issuer) throws CallFailed {
    URI base = uri(issuer);
    String path = path(base);
    List<URI> places = new ArrayList<>();
    places.add(at(base, OAUTH + path));
    places.add(at(base, OPENID + path));
    if (!path.isEmpty()) {
      places.add(at(base, path + OPENID));
    }
    for (URI place : places) {
      Optional<ObjectNode> document = http.document(place);
      if (document.isPresent()) {
        // Letter by letter: who describes somebody else may lead us anywhere.
        if (!document.get().path("issuer").asText("").equals(issuer)) {
          throw refused("the description of " + issuer + " is somebody else's");
        }
        return document.get();
      }
    }
    throw refused("nothing describes how " + issuer + " lets anybody in");
  }

  private static Optional<List<String>> texts(JsonNode list) {
    if (!list.isArray()) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return Optional.of(List.copyOf(texts));
  }

  private static URI at(URI base, String path) {
    return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path);
  }

  private static String path(URI uri) {
    String path = Optional.ofNullable(uri.getRawPath()).orElse("");
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  static URI uri(String text) throws CallFailed {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // Refused below.
    }
    throw refused("'" + text + "' is no address");
  }

  static CallFailed refused(String why) {
    return new CallFailed(Reason.UNAUTHORIZED, "logging in was given up: " + why);
  }
}
