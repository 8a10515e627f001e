package dev.mneme.engine.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import java.time.Duration;

/** One question to a search service and its answer as JSON. */
final class Exchange {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_BYTES = 4 << 20;

  private Exchange() {}

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
