package dev.mneme.api.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.api.tools.WireTool;
import dev.mneme.common.ErrorKind;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.client.Hub;
import dev.mneme.mcp.client.ServerView;
import dev.mneme.mcp.client.UpstreamTool;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolListener;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /v1/mcp-servers}. */
public final class McpServerRoutes implements Group {
  private static final String SERVERS = "/mcp-servers";
  private static final String ONE = SERVERS + "/{mcp_server_id}";

  private final Supplier<Hub> hub;
  private final McpRunner runner;

  /**
   * @param hub made when it is first asked for
   */
  public McpServerRoutes(Supplier<Hub> hub, McpRunner runner) {
    this.hub = hub;
    this.runner = runner;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.post(SERVERS, this::create);
    endpoints.get(SERVERS, this::list);
    endpoints.get(ONE, call -> Reply.of(WireMcp.server(server(call))));
    endpoints.patch(ONE, this::update);
    endpoints.delete(ONE, this::delete);
    endpoints.patch(ONE + "/refresh", this::refresh);
    endpoints.get(ONE + "/tools", this::tools);
    endpoints.get(ONE + "/tools/{tool_id}", call -> Reply.of(wire(call.owner(), tool(call))));
    endpoints.postWhileThere(ONE + "/tools/{tool_id}/run", this::run);
  }

  private Reply create(Call call) {
    Body body = call.body();
    String name = McpBodies.name(body.requireText("server_name"));
    Endpoint endpoint = McpBodies.endpoint(config(body));
    ServerView made = hub.get().create(call.owner(), name, endpoint);
    return Reply.of(WireMcp.server(listed(hub.get(), call.owner(), made)));
  }

  private Reply update(Call call) {
    Body body = call.body();
    Optional<String> name = body.text("server_name").map(McpBodies::name);
    Endpoint endpoint = McpBodies.endpoint(config(body));
    ServerView made = hub.get().update(call.owner(), id(call), name, Optional.of(endpoint));
    return Reply.of(WireMcp.server(listed(hub.get(), call.owner(), made)));
  }

  private Reply list(Call call) {
    return Reply.of(hub.get().servers(call.owner()).stream().map(WireMcp::server).toList());
  }

  private Reply delete(Call call) {
    hub.get().remove(call.owner(), id(call));
    return Reply.empty();
  }

  private Reply refresh(Call call) {
    return refreshed(call, hub.get(), server(call));
  }

  /** What a server's tools are by now, and what came and went. */
  static Reply refreshed(Call call, Hub hub, ServerView before) {
    return Reply.of(WireMcp.Refreshed.of(before, hub.refresh(call.owner(), before.id())));
  }

  private Reply tools(Call call) {
    return Reply.of(server(call).tools().stream().map(tool -> wire(call.owner(), tool)).toList());
  }

  private Reply run(Call call) {
    return ran(call, runner, tool(call));
  }

  /** What a tool answered to the arguments of the request. */
  static Reply ran(Call call, McpRunner runner, UpstreamTool tool) {
    ObjectNode arguments = call.body().object("args").orElseGet(Json.mapper()::createObjectNode);
    return Reply.of(
        WireMcp.Ran.of(
            runner.call(
                Caller.of(call.owner(), Caller.Face.REST),
                tool.name(),
                arguments,
                ToolListener.NONE)));
  }

  /** With the tools a server has, where it can be asked; one that cannot is there all the same. */
  static ServerView listed(Hub hub, Owner owner, ServerView made) {
    try {
      return hub.refresh(owner, made.id());
    } catch (MnemeException e) {
      if (e.kind() != ErrorKind.UNAVAILABLE) {
        throw e;
      }
      return hub.server(owner, made.id());
    }
  }

  private static Body config(Body body) {
    return Body.of("body.config", body.object("config").orElseThrow(() -> body.missing("config")));
  }

  private ServerView server(Call call) {
    return hub.get().server(call.owner(), id(call));
  }

  private UpstreamTool tool(Call call) {
    String id = call.id("tool_id", "tool");
    return server(call).tools().stream()
        .filter(tool -> tool.id(call.owner()).equals(id))
        .findFirst()
        .orElseThrow(
            () -> MnemeException.notFound("unknown_tool", "The server has no tool " + id + "."));
  }

  private static String id(Call call) {
    return call.id("mcp_server_id", "mcp_server");
  }

  private static WireTool wire(Owner owner, UpstreamTool tool) {
    return WireTool.of(owner, tool.stored(owner));
  }
}
