package dev.mneme.web.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what a token allows: {@code scope} as RFC 9068 has it, {@code scp} as others do. */
final class GrantedScopes {
  private GrantedScopes() {}

  static Set<String> of(JWTClaimsSet claims) {
    Set<String> scopes = new HashSet<>();
    for (String name : List.of("scope", "scp")) {
      add(claims.getClaim(name), scopes);
    }
    return scopes;
  }

  private static void add(@org.jspecify.annotations.Nullable Object claim, Set<String> scopes) {
    if (claim instanceof String text) {
      scopes.addAll(List.of(text.strip().split("\\s+")));
    } else if (claim instanceof List<?> list) {
      list.forEach(each -> add(each, scopes));
    }
    scopes.remove("");
  }
}
