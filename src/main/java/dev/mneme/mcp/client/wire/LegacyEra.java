package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The revisions up to 2025-11-25: a handshake, then requests that say nothing of the client. */
record LegacyEra(String revision) implements Era {
  static final String NEWEST = "2025-11-25";
  private static final Set<String> KNOWN = Set.of("2024-11-05", "2025-03-26", "2025-06-18", NEWEST);

  /** Before anything is agreed. */
  LegacyEra() {
    this("");
  }

  /** Begins the handshake. */
  static Pending begin(Rpc rpc, String version, Duration timeout) throws CallFailed {
    rpc.speak(new LegacyEra());
    ObjectNode hello = Json.mapper().createObjectNode().put("protocolVersion", NEWEST);
    ObjectNode capabilities = hello.putObject("capabilities");
    capabilities.putObject("elicitation").putObject("form");
    if (rpc.notices().offersModel()) {
      capabilities.putObject("sampling");
    }
    hello.putObject("clientInfo").put("name", "mneme").put("version", version);
    return rpc.begin("initialize", hello, timeout);
  }

  /** Ends the handshake with what the server answered. */
  static Greeting finish(Rpc rpc, ObjectNode answer) throws CallFailed {
    String agreed = answer.path("protocolVersion").asText("");
    if (!KNOWN.contains(agreed)) {
      throw new CallFailed(
          Reason.BROKEN, "the server speaks revision '" + agreed + "', which is not known here");
    }
    rpc.speak(new LegacyEra(agreed));
    rpc.tell("notifications/initialized", Json.mapper().createObjectNode());
    rpc.transport().greeted();
    return new Greeting(answer.path("serverInfo"), answer.path("capabilities"));
  }

  @Override
  public void complete(ObjectNode params, CallListener listener) {
    // Nothing: the handshake said it.
  }

  @Override
  public Map<String, String> headers(String method, ObjectNode params, Map<String, String> more) {
    return Map.of();
  }

  @Override
  public boolean isCancelledByAbandoning(Transport transport) {
    return false;
  }

  @Override
  public boolean hasParamHeaders() {
    return false;
  }

  @Override
  public ObjectNode call(
      Rpc rpc, ObjectNode params, Map<String, String> headers, Duration timeout, CallListener asked)
      throws CallFailed {
    return rpc.request("tools/call", params, timeout, asked);
  }
}
