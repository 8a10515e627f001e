package dev.mneme.engine.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** How services that search the web are asked, and their answers given on. */
final class SearchCall {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_BYTES = 4 << 20;

  /**
   * A field of a page found.
   *
   * @param theirs its name in the service's answer
   * @param ours its name in the tool's
   */
  record Field(String theirs, String ours) {
    static Field same(String name) {
      return new Field(name, name);
    }
  }

  private SearchCall() {}

  /** An address below that of the service, which may end in a slash or not. */
  static URI below(URI service, String path) {
    String base = service.toString();
    return URI.create((base.endsWith("/") ? base : base + '/') + path);
  }

  /** The tool's answer: of each page what is known of these fields. */
  static ObjectNode answer(WebQuery query, Iterable<JsonNode> pages, List<Field> fields) {
    ObjectNode answer = Json.mapper().createObjectNode().put("query", query.query());
    ArrayNode results = answer.putArray("results");
    for (JsonNode page : pages) {
      ObjectNode result = results.addObject();
      for (Field field : fields) {
        if (page.hasNonNull(field.theirs())) {
          result.set(field.ours(), page.get(field.theirs()));
        }
      }
    }
    return answer;
  }

  static JsonNode send(NetPolicy policy, OutboundRequest request) {
    // Rare enough for a client of its own, which then needs no end of its own either.
    try (OutboundClient client = new OutboundClient(policy);
        OutboundResponse response = client.send(request.within(TIMEOUT, MAX_BYTES))) {
      if (!response.successful()) {
        throw refused(response.status());
      }
      return Json.mapper().readTree(response.bytes());
    } catch (JsonProcessingException _) {
      throw MnemeException.unavailable(
          "web_search_failed",
          "The search service did not answer with JSON; a SearXNG has to allow the format json.");
    } catch (java.io.IOException _) {
      throw MnemeException.unavailable("web_search_failed", "The search service broke off.");
    }
  }

  private static MnemeException refused(int status) {
    return MnemeException.unavailable(
        "web_search_failed",
        "The search service answered with status "
            + status
            + (status == 401 || status == 403
                ? "; the operator has to look at its key and settings."
                : "; try again later."));
  }
}
