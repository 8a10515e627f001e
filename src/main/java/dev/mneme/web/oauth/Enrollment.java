package dev.mneme.web.oauth;

import dev.mneme.common.Owner;

/** Says whose rows somebody may see whom an issuer vouches for: always the same. Thread-safe. */
@FunctionalInterface
public interface Enrollment {
  Owner owner(String issuer, String subject);
}
