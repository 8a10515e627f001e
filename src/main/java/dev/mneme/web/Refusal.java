package dev.mneme.web;

import java.util.Optional;

/**
 * Why the guard turned a request away.
 *
 * @param status HTTP status
 * @param code stable, snake_case
 * @param detail what to do, for a person
 * @param challenge what would let the caller in, as {@code WWW-Authenticate} has it
 */
record Refusal(int status, String code, String detail, Optional<String> challenge) {
  Refusal(int status, String code, String detail) {
    this(status, code, detail, Optional.empty());
  }
}
