package dev.mneme.app;

import dev.mneme.secret.SecretText;
import dev.mneme.web.oauth.IssuerSettings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who may call over HTTP, and as whom.
 *
 * @param keys by owner's name; the owner called {@code default} is also the one of stdio
 * @param approvers owners whose keys may approve calls of others
 * @param keyless whether a caller without a key is let in
 * @param address scheme, host and port that clients know this server by
 * @param first whose tokens are taken beside the keys
 * @param issuers others whose tokens are, by names the operator gave them
 */
public record AuthConfig(
    Map<String, SecretText> keys,
    Keyless keyless,
    List<String> approvers,
    Optional<URI> address,
    IssuerConfig first,
    Map<String, IssuerConfig> issuers) {
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9_-]{1,40}):([A-Za-z0-9._~+/=-]{16,256})");

  private static final Pattern APPROVER = Pattern.compile("(?!default$)[a-z0-9_-]{1,40}");

  /** When no key is asked for. */
  public enum Keyless {
    /** While there are no keys; the server then listens on the loopback only. */
    AUTO,
    /** Always on the loopback: whoever has no key is the default owner. */
    LOOPBACK
  }

  public AuthConfig {
    keys = Map.copyOf(keys);
    approvers = List.copyOf(approvers);
    issuers = Map.copyOf(issuers);
  }

  static AuthConfig read(ConfigReader in) {
    Map<String, SecretText> keys = new LinkedHashMap<>();
    for (SecretText entry :
        in.secrets(
            "auth.keys",
            FORM,
            "entries NAME:KEY, each NAME once, of lower-case letters, digits, _ and -, each KEY of"
                + " 16 to 256 characters; 'openssl rand -hex 24' makes one")) {
      Matcher parts = FORM.matcher(entry.reveal());
      if (parts.matches()) {
        SecretText key = new SecretText(parts.group(2));
        in.report().secret(key);
        in.check(
            !keys.containsValue(key) && keys.putIfAbsent(parts.group(1), key) == null,
            "auth.keys: each name and each key may stand there once.");
      }
    }
    return new AuthConfig(
            keys,
            in.choice("auth.keyless", Keyless.AUTO),
            in.list(
                "auth.approvers",
                APPROVER,
                "names of auth.keys; 'default' may not be one, as callers without a key are"),
            address(in),
            IssuerConfig.read(in, "auth."),
            issuers(in))
        .checked(in);
  }

  private static Map<String, IssuerConfig> issuers(ConfigReader in) {
    Map<String, IssuerConfig> issuers = new LinkedHashMap<>();
    for (String name : in.tables("auth.issuers")) {
      String table = "auth.issuers." + name + '.';
      IssuerConfig read = IssuerConfig.read(in, table);
      in.require(read.issuer().isPresent(), table + "issuer", "the table");
      issuers.put(name, read);
    }
    return issuers;
  }

  private AuthConfig checked(ConfigReader in) {
    if (first.isStray() || (!hasIssuer() && address.isPresent())) {
      in.report()
          .warn(
              "auth.jwks, auth.audience, auth.scopes, auth.client-id and auth.address mean nothing"
                  + " without auth.issuer.");
    }
    if (!hasIssuer()) {
      return this;
    }
    List<IssuerSettings> taken = settings();
    in.check(
        taken.stream().map(IssuerSettings::issuer).distinct().count() == taken.size(),
        "auth.issuers: each issuer may stand there once.");
    in.check(
        taken.stream().filter(each -> each.introspection().isPresent()).count() <= 1,
        "auth.issuers: only one issuer may be asked about tokens (client-id), for a token that"
            + " names no issuer must not be shown to several.");
    return this;
  }

  boolean hasIssuer() {
    return first.issuer().isPresent() || !issuers.isEmpty();
  }

  /** All issuers whose tokens are taken. */
  List<IssuerSettings> settings() {
    return Stream.concat(Stream.of(first), issuers.values().stream())
        .map(IssuerConfig::settings)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<URI> address(ConfigReader in) {
    Optional<URI> address = in.url("auth.address");
    in.check(
        address
            .map(uri -> Set.of("", "/").contains(uri.getRawPath()) && uri.getRawQuery() == null)
            .orElse(true),
        "auth.address is scheme, host and port alone, such as https://mneme.example.com.");
    return address;
  }

  /** Whether everybody is asked for a key or a token, this machine included. */
  boolean asksEverybody() {
    return (!keys.isEmpty() || hasIssuer()) && keyless != Keyless.LOOPBACK;
  }
}
