package dev.mneme.engine.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.MnemeException;

/** A search service. Thread-safe; whoever asks waits. */
@FunctionalInterface
public interface WebSearch {
  /** Where the operator configured none. */
  WebSearch NONE =
      _ -> {
        throw MnemeException.unavailable(
            "web_search_unavailable",
            "No search service is configured here. The operator sets EXA_API_KEY, or"
                + " web.searxng-url to the address of a SearXNG.");
      };

  /**
   * Searches.
   *
   * @return an object with {@code query} and {@code results}
   * @throws MnemeException where the service cannot be reached or refuses
   */
  JsonNode search(WebQuery query);
}
