package dev.mneme.web;

import java.util.Collection;
import java.util.Optional;

/** The text of a header {@code WWW-Authenticate} (RFC 6750, RFC 9728). */
final class Challenge {
  static final String PLAIN = "Bearer";

  private Challenge() {}

  /**
   * @param error as RFC 6750 has it, where a token was sent
   */
  static String of(String metadata, Optional<String> error, Collection<String> scopes) {
    StringBuilder text = new StringBuilder(PLAIN);
    error.ifPresent(code -> text.append(" error=\"").append(code).append("\","));
    text.append(" resource_metadata=\"").append(metadata).append('"');
    if (!scopes.isEmpty()) {
      text.append(", scope=\"").append(String.join(" ", scopes)).append('"');
    }
    return text.toString();
  }
}
