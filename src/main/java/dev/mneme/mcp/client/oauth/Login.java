package dev.mneme.mcp.client.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.mneme.mcp.client.config.OAuthSettings;
import dev.mneme.mcp.client.wire.CallFailed;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a person once to let this client in to a server: authorization code with PKCE, bound to the
 * server by its resource indicator, and to the one who answers by {@code state} and {@code iss}.
 */
final class Login {
  private static final String OFFLINE = "offline_access";

  private final Discovery discovery;
  private final Identities identities;
  private final Tokens tokens;
  private final OAuthHttp http;
  private final OAuthSettings settings;

  Login(OAuthHttp http, URI server, OAuthSettings settings, Vault vault, Tokens tokens) {
    this.http = http;
    this.settings = settings;
    this.discovery = new Discovery(http, server, settings.issuer());
    this.identities = new Identities(http, settings, vault);
    this.tokens = tokens;
  }

  /**
   * @param had scopes that were asked for before, which are not to be lost
   */
  Grant run(Challenge challenge, List<String> had, Person person) throws CallFailed {
    Discovery.Found place = discovery.find(challenge);
    Identity identity = identities.at(place, person.redirect());
    List<String> scopes = scopes(challenge, had, place);
    CodeVerifier verifier = new CodeVerifier();
    State state = new State();
    AuthorizationRequest.Builder request =
        new AuthorizationRequest.Builder(ResponseType.CODE, identity.id())
            .endpointURI(place.how().getAuthorizationEndpointURI())
            .redirectionURI(person.redirect())
            .state(state)
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .resource(Discovery.uri(place.resource()));
    if (!scopes.isEmpty()) {
      request.scope(new Scope(scopes.toArray(String[]::new)));
    }
    http.requireSafe(place.how().getAuthorizationEndpointURI());
    Map<String, String> answer = parameters(person.ask(request.build().toURI()));
    String code = code(answer, state, place);
    return tokens.fetch(
        identity,
        place.place(scopes),
        new AuthorizationCodeGrant(new AuthorizationCode(code), person.redirect(), verifier));
  }

  private List<String> scopes(Challenge challenge, List<String> had, Discovery.Found place) {
    Set<String> scopes = place.wanted(challenge, had, settings.scopes());
    if (!scopes.isEmpty() && place.names().contains(OFFLINE)) {
      scopes.add(OFFLINE);
    }
    return List.copyOf(scopes);
  }

  private static String code(Map<String, String> answer, State state, Discovery.Found place)
      throws CallFailed {
    byte[] sent = state.getValue().getBytes(StandardCharsets.UTF_8);
    byte[] back = answer.getOrDefault("state", "").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(sent, back)) {
      throw Discovery.refused("the answer belongs to another question");
    }
    // Letter by letter, before anything else of the answer counts (RFC 9207).
    Optional<String> issuer = Optional.ofNullable(answer.get("iss"));
    boolean promised = place.how().supportsAuthorizationResponseIssuerParam();
    if (issuer.isEmpty() ? promised : !issuer.get().equals(place.issuer())) {
      throw Discovery.refused("the answer does not come from " + place.issuer());
    }
    if (answer.containsKey("error")) {
      String error = answer.get("error").replaceAll("[^a-z_]", "");
      throw Discovery.refused(place.issuer() + " answered " + error);
    }
    return Optional.ofNullable(answer.get("code"))
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> Discovery.refused(place.issuer() + " answered without a code"));
  }

  /** Each once: an answer that says something twice says nothing. */
  private static Map<String, String> parameters(URI answer) throws CallFailed {
    Map<String, String> found = new HashMap<>();
    List<String> parts = new ArrayList<>(List.of());
    Optional.ofNullable(answer.getRawQuery())
        .ifPresent(query -> parts.addAll(List.of(query.split("&"))));
    for (String part : parts) {
      int split = part.indexOf('=');
      String name = decoded(split < 0 ? part : part.substring(0, split));
      if (found.put(name, split < 0 ? "" : decoded(part.substring(split + 1))) != null) {
        throw Discovery.refused("the answer says " + name + " twice");
      }
    }
    return found;
  }

  private static String decoded(String text) throws CallFailed {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw Discovery.refused("the answer cannot be read");
    }
  }
}
