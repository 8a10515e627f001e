package dev.mneme.app;

import dev.mneme.secret.SecretText;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may call over HTTP, and as whom.
 *
 * @param keys by owner's name; the owner called {@code default} is also the one of stdio
 * @param approvers owners whose keys may approve calls of others
 * @param keyless whether a caller without a key is let in
 * @param issuer whose tokens are taken beside the keys
 * @param jwks where the issuer's keys are, where it does not say so itself
 * @param audience what tokens have to be for, where that is not this server's address
 * @param address scheme, host and port that clients know this server by
 */
public record AuthConfig(
    Map<String, SecretText> keys,
    Keyless keyless,
    List<String> approvers,
    Optional<URI> issuer,
    Optional<URI> jwks,
    List<String> audience,
    Optional<URI> address) {
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9_-]{1,40}):([A-Za-z0-9._~+/=-]{16,256})");

  private static final Pattern AUDIENCE = Pattern.compile("\\S{1,300}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
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
    audience = List.copyOf(audience);
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
            place(in, "auth.issuer"),
            place(in, "auth.jwks"),
            in.list("auth.audience", AUDIENCE, "audiences, without spaces"),
            address(in))
        .warned(in);
  }

  private AuthConfig warned(ConfigReader in) {
    if (issuer.isEmpty() && (jwks.isPresent() || !audience.isEmpty() || address.isPresent())) {
      in.report()
          .warn("auth.jwks, auth.audience and auth.address mean nothing without auth.issuer.");
    }
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
    return (!keys.isEmpty() || issuer.isPresent()) && keyless != Keyless.LOOPBACK;
  }
}
