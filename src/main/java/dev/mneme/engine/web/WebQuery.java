package dev.mneme.engine.web;

import java.util.List;
import java.util.Optional;

/**
 * What is looked for.
 *
 * @param results how many at most, 1 to 100
 * @param category such as {@code news}, as the service names it
 * @param includeText whether the text of the pages is wanted too
 * @param includeDomains only these, where there are any
 * @param start of the time of publication, ISO-8601
 * @param end of the time of publication, ISO-8601
 * @param location a country code of two letters
 */
public record WebQuery(
    String query,
    int results,
    Optional<String> category,
    boolean includeText,
    List<String> includeDomains,
    List<String> excludeDomains,
    Optional<String> start,
    Optional<String> end,
    Optional<String> location) {
  public WebQuery {
    results = Math.clamp(results, 1, 100);
    includeDomains = List.copyOf(includeDomains);
    excludeDomains = List.copyOf(excludeDomains);
  }
}
