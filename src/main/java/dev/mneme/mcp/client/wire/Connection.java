package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A server that was greeted and can be asked. Thread-safe. How it is greeted, and what every
 * request carries, is the only thing here that depends on the era of the protocol.
 */
public final class Connection implements AutoCloseable {
  private static final String NEWEST = "2025-11-25";
  private static final Set<String> KNOWN = Set.of("2024-11-05", "2025-03-26", "2025-06-18", NEWEST);
  private static final int MAX_PAGES = 100;
  private static final int MAX_TOOLS = 1_000;

  private final Rpc rpc;
  private final ObjectNode greeting;

  private Connection(Rpc rpc, ObjectNode greeting) {
    this.rpc = rpc;
    this.greeting = greeting;
  }

  /**
   * Opens the transport and greets; nothing is left open where that fails.
   *
   * @param version of this program
   */
  public static Connection open(
      Transport transport, String version, Duration timeout, Notices notices) throws CallFailed {
    Rpc rpc = new Rpc(transport, notices);
    try {
      rpc.open();
      ObjectNode hello = Json.mapper().createObjectNode().put("protocolVersion", NEWEST);
      hello.putObject("capabilities");
      hello.putObject("clientInfo").put("name", "mneme").put("version", version);
      ObjectNode greeting = rpc.request("initialize", hello, timeout, Progress.NONE);
      String agreed = greeting.path("protocolVersion").asText("");
      if (!KNOWN.contains(agreed)) {
        throw new CallFailed(
            Reason.BROKEN, "the server speaks revision '" + agreed + "', which is not known here");
      }
      transport.agreed(agreed);
      rpc.tell("notifications/initialized", Json.mapper().createObjectNode());
      return new Connection(rpc, greeting);
    } catch (CallFailed | RuntimeException e) {
      rpc.close();
      throw e;
    }
  }

  /** Name and version of the server, as it says itself. */
  public String server() {
    JsonNode info = greeting.path("serverInfo");
    return (info.path("name").asText("unknown") + " " + info.path("version").asText("")).strip();
  }

  public String revision() {
    return greeting.path("protocolVersion").asText();
  }

  /** Done, with the reason, when the connection has ended. */
  public CompletableFuture<String> ended() {
    return rpc.ended();
  }

  /** All tools, as the server describes them. */
  public List<ObjectNode> tools(Duration timeout) throws CallFailed {
    List<ObjectNode> tools = new ArrayList<>();
    if (!greeting.path("capabilities").has("tools")) {
      return tools;
    }
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < MAX_PAGES; page++) {
      ObjectNode params = Json.mapper().createObjectNode();
      cursor.ifPresent(next -> params.put("cursor", next));
      ObjectNode answer = rpc.request("tools/list", params, timeout, Progress.NONE);
      answer
          .path("tools")
          .forEach(tool -> {
            if (tool instanceof ObjectNode object) {
              tools.add(object);
            }
          });
      if (tools.size() > MAX_TOOLS) {
        throw new CallFailed(Reason.BROKEN, "the server has more than " + MAX_TOOLS + " tools");
      }
      JsonNode next = answer.path("nextCursor");
      if (!next.isTextual()) {
        return tools;
      }
      cursor = Optional.of(next.asText());
    }
    throw new CallFailed(Reason.BROKEN, "the list of tools does not end");
  }

  /** What the tool answered, as it stands on the wire. */
  public ObjectNode call(String tool, ObjectNode arguments, Duration timeout, Progress progress)
      throws CallFailed {
    ObjectNode params = Json.mapper().createObjectNode().put("name", tool);
    params.set("arguments", arguments);
    return rpc.request("tools/call", params, timeout, progress);
  }

  /** What the server said beside the protocol, its last lines. */
  public String said() {
    return rpc.transport().said();
  }

  @Override
  public void close() {
    rpc.close();
  }
}
