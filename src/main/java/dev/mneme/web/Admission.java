package dev.mneme.web;

import dev.mneme.common.Owner;
import java.time.Instant;
import java.util.Set;

/** What became of a token. */
public sealed interface Admission {
  /**
   * It is good.
   *
   * @param owner whose rows its bearer may see
   * @param scopes what its bearer may do
   * @param until when it is over
   * @param names what its issuer calls scopes
   */
  record Admitted(Owner owner, Set<String> scopes, Instant until, ScopeNames names)
      implements Admission {
    public Admitted {
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * It is not, or nobody can tell now.
   *
   * @param status 401, or 503 where asking again later makes sense
   * @param code stable, snake_case
   * @param detail what to do, for a person
   */
  record Refused(int status, String code, String detail) implements Admission {}
}
