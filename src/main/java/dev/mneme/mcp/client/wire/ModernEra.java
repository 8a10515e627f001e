package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Revision 2026-07-28: no handshake and no session; each request says who asks and what it can be
 * asked, and a server that needs to know more answers with its questions.
 *
 * @param version of this program
 */
record ModernEra(String version) implements Era {
  static final String REVISION = "2026-07-28";
  private static final String PREFIX = "io.modelcontextprotocol/";
  private static final int ROUNDS = 8;
  private static final int QUESTIONS = 8;

  /** Asks what the server is; it has to speak this revision. */
  static Pending begin(Rpc rpc, String version, Duration timeout) throws CallFailed {
    rpc.speak(new ModernEra(version));
    return rpc.begin("server/discover", Json.mapper().createObjectNode(), timeout);
  }

  static Greeting finish(Rpc rpc, String version, ObjectNode answer) throws CallFailed {
    if (!isSpokenBy(answer)) {
      throw new CallFailed(Reason.BROKEN, "the server does not speak revision " + REVISION);
    }
    rpc.speak(new ModernEra(version));
    JsonNode meta = answer.path("_meta").path(PREFIX + "serverInfo");
    JsonNode info = meta.isMissingNode() ? answer.path("serverInfo") : meta;
    return new Greeting(info, answer.path("capabilities"));
  }

  /** Whether an answer to its question is one of a server that speaks it. */
  static boolean isSpokenBy(ObjectNode answer) {
    return names(answer.path("supportedVersions"));
  }

  /** Whether a list of versions has this one. */
  static boolean names(JsonNode versions) {
    for (JsonNode each : versions) {
      if (each.asText("").equals(REVISION)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String revision() {
    return REVISION;
  }

  @Override
  public void complete(ObjectNode params, CallListener listener) {
    ObjectNode meta = params.withObject("/_meta");
    meta.put(PREFIX + "protocolVersion", REVISION);
    meta.putObject(PREFIX + "clientInfo").put("name", "mneme").put("version", version);
    ObjectNode capabilities = meta.putObject(PREFIX + "clientCapabilities");
    capabilities.putObject("elicitation").putObject("form");
    if (listener.offersModel()) {
      capabilities.putObject("sampling");
    }
    if (!listener.equals(CallListener.NONE)) {
      meta.put(PREFIX + "logLevel", "info");
    }
  }

  @Override
  public Map<String, String> headers(String method, ObjectNode params, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("mcp-method", method);
    if (method.equals("tools/call")) {
      headers.put("mcp-name", HeaderValue.of(params.path("name").asText()));
    }
    return headers;
  }

  @Override
  public boolean isCancelledByAbandoning(Transport transport) {
    return transport.isRequestWise();
  }

  @Override
  public boolean hasParamHeaders() {
    return true;
  }

  @Override
  public ObjectNode call(
      Rpc rpc, ObjectNode params, Map<String, String> headers, Duration timeout, CallListener asked)
      throws CallFailed {
    ObjectNode next = params.deepCopy();
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode result = rpc.request("tools/call", next, headers, timeout, asked);
      switch (result.path("resultType").asText("complete")) {
        case "complete" -> {
          return result;
        }
        case "input_required" -> {
          next = params.deepCopy();
          answers(result.path("inputRequests"), next, asked);
          // As it came: what it holds is the server's affair.
          if (result.has("requestState")) {
            next.set("requestState", result.get("requestState"));
          }
        }
        default ->
            throw new CallFailed(
                Reason.BROKEN,
                "the result is of the kind '" + result.path("resultType").asText() + "'");
      }
    }
    throw new CallFailed(Reason.BROKEN, "the server asked more than " + ROUNDS + " times");
  }

  private static void answers(JsonNode requests, ObjectNode params, CallListener asked)
      throws CallFailed {
    if (requests.size() > QUESTIONS) {
      throw new CallFailed(
          Reason.BROKEN, "the server asked more than " + QUESTIONS + " things at once");
    }
    if (requests.isEmpty()) {
      return;
    }
    ObjectNode responses = params.putObject("inputResponses");
    for (Map.Entry<String, JsonNode> request : requests.properties()) {
      String method = request.getValue().path("method").asText("");
      if (!(request.getValue().path("params") instanceof ObjectNode wanted)) {
        throw new CallFailed(Reason.BROKEN, "the server asked for '" + method + "' without params");
      }
      responses.set(
          request.getKey(),
          switch (method) {
            case "elicitation/create" -> asked.elicit(wanted);
            case "sampling/createMessage" -> asked.sample(wanted);
            default ->
                throw new CallFailed(
                    Reason.BROKEN,
                    "the server asked for '" + method + "', which was not offered to it");
          });
    }
  }
}
