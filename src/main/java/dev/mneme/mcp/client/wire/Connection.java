package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A server that was greeted and can be asked. Thread-safe. */
public final class Connection implements AutoCloseable {
  private static final int MAX_PAGES = 100;
  private static final int MAX_TOOLS = 1_000;

  private final Rpc rpc;
  private final Greeting greeting;
  private volatile Map<String, ParamHeaders> paramHeaders = Map.of();

  private Connection(Rpc rpc, Greeting greeting) {
    this.rpc = rpc;
    this.greeting = greeting;
  }

  /** Of a server that was greeted just now; hears from now on when its tools change. */
  static Connection of(Rpc rpc, Greeting greeting) {
    if (rpc.era() instanceof ModernEra && greeting.tellsOfTools()) {
      new ToolWatch(rpc).start();
    }
    return new Connection(rpc, greeting);
  }

  /** Name and version of the server, as it says itself. */
  public String server() {
    return greeting.server();
  }

  public String revision() {
    return rpc.era().revision();
  }

  /** Done, with the reason, when the connection has ended. */
  public CompletableFuture<String> ended() {
    return rpc.ended();
  }

  /** All tools, as the server describes them, but for those that cannot be called as they want. */
  public List<ObjectNode> tools(Duration timeout) throws CallFailed {
    List<ObjectNode> tools = new ArrayList<>();
    if (greeting.hasTools()) {
      list(tools, timeout);
    }
    if (rpc.era().hasParamHeaders() && rpc.transport().isRequestWise()) {
      tools.removeIf(this::isUncallable);
      Map<String, ParamHeaders> found = new HashMap<>();
      for (ObjectNode tool : tools) {
        ParamHeaders headers = ParamHeaders.of(tool.path("inputSchema"));
        if (!headers.marks().isEmpty()) {
          found.put(tool.path("name").asText(), headers);
        }
      }
      paramHeaders = Map.copyOf(found);
    }
    return tools;
  }

  private boolean isUncallable(ObjectNode tool) {
    Optional<String> problem = ParamHeaders.problem(tool.path("inputSchema"));
    problem.ifPresent(why ->
        rpc.notices()
            .log("warning", "the tool " + tool.path("name").asText() + " is left out: " + why));
    return problem.isPresent();
  }

  private void list(List<ObjectNode> tools, Duration timeout) throws CallFailed {
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < MAX_PAGES; page++) {
      ObjectNode params = Json.mapper().createObjectNode();
      cursor.ifPresent(next -> params.put("cursor", next));
      ObjectNode answer = rpc.request("tools/list", params, timeout, CallListener.NONE);
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
        return;
      }
      cursor = Optional.of(next.asText());
    }
    throw new CallFailed(Reason.BROKEN, "the list of tools does not end");
  }

  /** What the tool answered, as it stands on the wire. */
  public ObjectNode call(String tool, ObjectNode arguments, Duration timeout, CallListener listener)
      throws CallFailed {
    ObjectNode params = Json.mapper().createObjectNode().put("name", tool);
    params.set("arguments", arguments);
    Map<String, String> headers =
        Optional.ofNullable(paramHeaders.get(tool))
            .map(wanted -> wanted.headers(arguments))
            .orElse(Map.of());
    return rpc.era().call(rpc, params, headers, timeout, listener);
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
