package dev.mneme.agent;

import java.util.Optional;

/**
 * A page of tags, in alphabetical order.
 *
 * @param text part of the tag, in whatever case
 * @param before only those that stand before this tag in the alphabet
 * @param after only those that stand after it
 */
public record TagQuery(
    Optional<String> text,
    Optional<String> before,
    Optional<String> after,
    boolean ascending,
    int limit) {}
