package dev.mneme.api.mcp;

import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.api.tools.WireTool;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.Definition;
import dev.mneme.mcp.client.Hub;
import dev.mneme.mcp.client.ServerView;
import dev.mneme.mcp.client.UpstreamTool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /v1/tools/mcp/servers}, by which clients before 1.0 know servers: by name. */
public final class OlderMcpRoutes implements Group {
  private static final String SERVERS = "/tools/mcp/servers";
  private static final String ONE = SERVERS + "/{server_name}";

  private final Supplier<Hub> hub;
  private final McpRunner runner;

  /**
   * @param hub made when it is first asked for
   */
  public OlderMcpRoutes(Supplier<Hub> hub, McpRunner runner) {
    this.hub = hub;
    this.runner = runner;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get(SERVERS, this::list);
    endpoints.put(SERVERS, this::add);
    endpoints.post(SERVERS + "/test", this::test);
    endpoints.patch(ONE, this::update);
    endpoints.delete(ONE, this::delete);
    endpoints.get(ONE + "/tools", this::tools);
    endpoints.post(ONE + "/resync", this::resync);
    endpoints.postWhileThere(ONE + "/tools/{tool_name}/execute", this::execute);
    endpoints.post(ONE + "/{tool_name}", this::attachable);
  }

  private Reply list(Call call) {
    Map<String, Object> byName = new LinkedHashMap<>();
    hub.get().servers(call.owner()).forEach(view -> byName.put(view.name(), WireMcp.older(view)));
    return Reply.of(byName);
  }

  private Reply add(Call call) {
    Body body = call.body();
    String name = McpBodies.name(body.requireText("server_name"));
    ServerView made = hub.get().create(call.owner(), name, McpBodies.endpoint(body));
    McpServerRoutes.listed(hub.get(), call.owner(), made);
    return all(call);
  }

  /** What a server has that is not kept. */
  private Reply test(Call call) {
    Body body = call.body();
    String name = McpBodies.name(body.requireText("server_name"));
    List<Definition> tools = hub.get().visits().tools(call.owner(), name, McpBodies.endpoint(body));
    return Reply.of(
        Map.of("status", "success", "tools", tools.stream().map(WireMcp::tool).toList()));
  }

  private Reply update(Call call) {
    ServerView changed =
        hub.get()
            .update(
                call.owner(),
                server(call).id(),
                Optional.empty(),
                Optional.of(McpBodies.endpoint(call.body())));
    return Reply.of(WireMcp.older(McpServerRoutes.listed(hub.get(), call.owner(), changed)));
  }

  private Reply delete(Call call) {
    hub.get().remove(call.owner(), server(call).id());
    return all(call);
  }

  private Reply all(Call call) {
    return Reply.of(hub.get().servers(call.owner()).stream().map(WireMcp::older).toList());
  }

  private Reply tools(Call call) {
    return Reply.of(WireMcp.tools(server(call)));
  }

  private Reply resync(Call call) {
    return McpServerRoutes.refreshed(call, hub.get(), server(call));
  }

  /** A tool is there as soon as its server is; clients that add it get it. */
  private Reply attachable(Call call) {
    return Reply.of(WireTool.of(call.owner(), tool(call).stored(call.owner())));
  }

  private Reply execute(Call call) {
    return McpServerRoutes.ran(call, runner, tool(call));
  }

  private ServerView server(Call call) {
    String name = call.path("server_name");
    return hub.get().servers(call.owner()).stream()
        .filter(view -> view.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            MnemeException.notFound(
                "unknown_mcp_server", "There is no MCP server of that name; list the servers."));
  }

  private UpstreamTool tool(Call call) {
    String name = call.path("tool_name");
    return server(call).tools().stream()
        .filter(tool -> tool.tool().equals(name))
        .findFirst()
        .orElseThrow(
            () -> MnemeException.notFound("unknown_tool", "The server has no tool of that name."));
  }
}
