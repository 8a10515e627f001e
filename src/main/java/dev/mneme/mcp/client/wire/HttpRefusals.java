package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.net.OutboundResponse;

/** Says what an answer with an error status means. */
final class HttpRefusals {
  private HttpRefusals() {}

  static CallFailed of(OutboundResponse answer) {
    int status = answer.status();
    if (status == 401 || status == 403) {
      return new CallFailed(
          Reason.UNAUTHORIZED,
          "the server refused access (HTTP " + status + "); check its headers, or log in");
    }
    // A server may say in the body what it does not like.
    if (answer.header("content-type").orElse("").startsWith("application/json")) {
      JsonNode error = error(answer);
      if (error.path("code").isInt()) {
        CallFailed refused = Rpc.refused(error);
        return status < 500
            ? refused
            : new CallFailed(Reason.CLOSED, "the server answered HTTP " + status);
      }
    }
    return new CallFailed(
        status >= 500 ? Reason.CLOSED : Reason.REFUSED, "the server answered HTTP " + status);
  }

  private static JsonNode error(OutboundResponse answer) {
    try {
      return Json.parse(answer.text()).path("error");
    } catch (MnemeException _) {
      return Json.mapper().missingNode();
    }
  }
}
