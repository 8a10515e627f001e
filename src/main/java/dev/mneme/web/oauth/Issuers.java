package dev.mneme.web.oauth;

import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds the one issuer that may look at a token: the one it names, and for a token that names
 * nobody the one that is asked about such. Nobody else is shown it. Immutable.
 */
final class Issuers implements AutoCloseable {
  private static final Pattern JWT =
      Pattern.compile("[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*");
  private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9._~+/-]{8,8192}=*");

  private final List<Issuer> all;
  private final Optional<Issuer> asked;

  /**
   * @throws IllegalArgumentException where two have one name, or two would be asked about tokens
   *     that name nobody
   */
  Issuers(List<IssuerSettings> settings, InstantSource clock) {
    this.all = settings.stream().map(each -> new Issuer(each, clock)).toList();
    List<Issuer> asking =
        all.stream().filter(each -> each.settings().introspection().isPresent()).toList();
    if (asking.size() > 1
        || settings.stream().map(IssuerSettings::issuer).distinct().count() < all.size()) {
      throw new IllegalArgumentException("issuers that cannot be told apart");
    }
    this.asked = asking.stream().findFirst();
  }

  boolean takes(String credential) {
    return JWT.matcher(credential).matches()
        || (asked.isPresent() && OPAQUE.matcher(credential).matches());
  }

  /** Whose a token says it is; that is believed of nothing but whom to ask. */
  Optional<Issuer> of(String token) {
    if (JWT.matcher(token).matches()) {
      try {
        String named = JWTParser.parse(token).getJWTClaimsSet().getIssuer();
        return all.stream().filter(each -> each.settings().issuer().equals(named)).findFirst();
      } catch (ParseException _) {
        // Not a token that says anything: it only looks like one.
      }
    }
    return asked;
  }

  List<String> names() {
    return all.stream().map(each -> each.settings().issuer()).toList();
  }

  /** What these scopes are called by those who could give them. */
  List<String> asked(List<String> scopes) {
    if (all.stream().allMatch(each -> each.settings().scopes().theirs().isEmpty())) {
      return scopes;
    }
    Set<String> asked = new TreeSet<>();
    all.forEach(each -> asked.addAll(each.settings().scopes().asked(scopes)));
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    all.forEach(Issuer::close);
  }
}
