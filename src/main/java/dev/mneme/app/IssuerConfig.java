package dev.mneme.app;

import dev.mneme.secret.SecretText;
import dev.mneme.web.ScopeNames;
import dev.mneme.web.oauth.Introspection;
import dev.mneme.web.oauth.IssuerSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An authorization server whose tokens are taken.
 *
 * @param issuer what it is called in its tokens
 * @param jwks where its keys are, where it does not say so itself
 * @param audience what tokens have to be for, where that is not this server's address
 * @param scopes what its scopes are called here, each {@code THEIRS=OURS}
 * @param clientId as whom it is asked what its tokens are; absent where their signature says that
 * @param clientSecret what proves that
 * @param introspection where it is asked, where it does not say so itself
 */
public record IssuerConfig(
    Optional<URI> issuer,
    Optional<URI> jwks,
    List<String> audience,
    List<String> scopes,
    Optional<String> clientId,
    Optional<SecretText> clientSecret,
    Optional<URI> introspection) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern AUDIENCE = Pattern.compile("\\S{1,300}");
  private static final Pattern SCOPE = Pattern.compile("([^\\s=\"\\\\]{1,100})=([a-z:]{1,40})");

  public IssuerConfig {
    audience = List.copyOf(audience);
    scopes = List.copyOf(scopes);
  }

  /**
   * @param table such as {@code auth.}
   */
  static IssuerConfig read(ConfigReader in, String table) {
    return new IssuerConfig(
            place(in, table + "issuer"),
            place(in, table + "jwks"),
            in.list(table + "audience", AUDIENCE, "audiences, without spaces"),
            in.list(
                table + "scopes",
                SCOPE,
                "entries THEIRS=OURS, such as \"mneme.read=memory:read\"; one of theirs may stand"
                    + " there several times"),
            in.text(table + "client-id"),
            in.secret(table + "client-secret"),
            place(in, table + "introspection"))
        .checked(in, table);
  }

  private IssuerConfig checked(ConfigReader in, String table) {
    if (issuer.isEmpty()) {
      return this;
    }
    in.check(
        clientId.isPresent() == clientSecret.isPresent(),
        table + "client-id and " + table + "client-secret are given together, or neither.");
    in.check(
        clientId.isPresent() || introspection.isEmpty(),
        table + "introspection needs " + table + "client-id and " + table + "client-secret.");
    in.check(
        jwks.isEmpty() || clientId.isEmpty(),
        table + "jwks means nothing where the issuer is asked about its tokens; remove one.");
    return this;
  }

  /** Who could change what comes from there could let in anybody. */
  private static Optional<URI> place(ConfigReader in, String key) {
    Optional<URI> place = in.url(key);
    in.check(
        place
            .map(uri -> uri.getScheme().equals("https") || LOOPBACK.contains(uri.getHost()))
            .orElse(true),
        key + " must begin with https://; http:// is for this machine only.");
    return place;
  }

  /** Whether something is set that means nothing without an issuer. */
  boolean isStray() {
    return issuer.isEmpty()
        && (jwks.isPresent()
            || !audience.isEmpty()
            || !scopes.isEmpty()
            || clientId.isPresent()
            || clientSecret.isPresent()
            || introspection.isPresent());
  }

  Optional<IssuerSettings> settings() {
    return issuer.map(name ->
        new IssuerSettings(
            name.toString(), jwks, Set.copyOf(audience), new ScopeNames(names()), asked()));
  }

  private Map<String, List<String>> names() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (String entry : scopes) {
      String[] parts = entry.split("=", 2);
      names.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
    }
    return names;
  }

  private Optional<Introspection> asked() {
    return clientId.flatMap(
        client -> clientSecret.map(secret -> new Introspection(introspection, client, secret)));
  }
}
