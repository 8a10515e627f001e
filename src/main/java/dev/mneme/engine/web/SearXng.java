package dev.mneme.engine.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.engine.web.SearchCall.Field;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A SearXNG, which everybody can run; its settings have to allow the format {@code json}. */
public final class SearXng implements WebSearch {
  private static final List<Field> FIELDS =
      List.of(
          Field.same("title"),
          Field.same("url"),
          new Field("publishedDate", "published_date"),
          new Field("content", "text"));

  private final URI address;

  public SearXng(URI address) {
    this.address = address;
  }

  @Override
  public JsonNode search(WebQuery query) {
    String parameters =
        "search?format=json&q="
            + URLEncoder.encode(query.query(), StandardCharsets.UTF_8)
            + query
                .category()
                .map(each -> "&categories=" + URLEncoder.encode(each, StandardCharsets.UTF_8))
                .orElse("");
    OutboundRequest request = OutboundRequest.get(SearchCall.below(address, parameters));
    JsonNode found = SearchCall.send(NetPolicy.PUBLIC_ONLY.naming(address), request);
    List<JsonNode> wanted =
        found
            .path("results")
            .valueStream()
            .filter(page -> wanted(query, page.path("url").asText()))
            .limit(query.results())
            .toList();
    ObjectNode answer = SearchCall.answer(query, wanted, FIELDS);
    if (query.start().isPresent() || query.end().isPresent()) {
      answer.put("note", "The search service cannot look by date of publication.");
    }
    return answer;
  }

  private static boolean wanted(WebQuery query, String url) {
    Optional<String> host = host(url);
    return (query.includeDomains().isEmpty() || within(host, query.includeDomains()))
        && !within(host, query.excludeDomains());
  }

  private static Optional<String> host(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost())
          .map(host -> host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean within(Optional<String> host, List<String> domains) {
    return host.isPresent()
        && domains.stream()
            .map(domain -> domain.toLowerCase(Locale.ROOT))
            .anyMatch(domain -> host.get().equals(domain) || host.get().endsWith('.' + domain));
  }
}
