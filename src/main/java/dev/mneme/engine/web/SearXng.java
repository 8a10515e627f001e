package dev.mneme.engine.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
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
  private final URI address;

  public SearXng(URI address) {
    String base = address.toString();
    this.address = URI.create(base.endsWith("/") ? base : base + '/');
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
    OutboundRequest request = OutboundRequest.get(address.resolve(parameters));
    JsonNode found = Exchange.send(NetPolicy.PUBLIC_ONLY.naming(address), request).path("results");
    ObjectNode answer = Json.mapper().createObjectNode().put("query", query.query());
    ArrayNode results = answer.putArray("results");
    for (JsonNode each : found) {
      if (results.size() < query.results() && wanted(query, each.path("url").asText())) {
        ObjectNode result = results.addObject();
        copy(each, "title", result, "title");
        copy(each, "url", result, "url");
        copy(each, "publishedDate", result, "published_date");
        copy(each, "content", result, "text");
      }
    }
    if (query.start().isPresent() || query.end().isPresent()) {
      answer.put("note", "The search service cannot look by date of publication.");
    }
    return answer;
  }

  private static void copy(JsonNode from, String theirs, ObjectNode to, String ours) {
    if (from.hasNonNull(theirs)) {
      to.put(ours, from.get(theirs).asText());
    }
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
