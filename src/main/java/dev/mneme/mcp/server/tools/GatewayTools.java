package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.client.UpstreamTool;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.mcp.server.catalog.ToolSource;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolOutcome;
import java.util.List;
import java.util.Optional;

/**
 * Tools of other servers that the operator hands on to MCP clients. What a server says of them is
 * handed on where the operator trusts it; else each counts as one that may change anything.
 * Thread-safe.
 */
public final class GatewayTools implements ToolSource {
  /** Where those tools are. */
  public interface Servers {
    /** Counts up with every change. */
    long version();

    /** In a fixed order. */
    List<UpstreamTool> servedOn();

    ToolOutcome call(
        Caller caller, String name, ObjectNode arguments, dev.mneme.tool.ToolListener listener);

    AutoCloseable onChange(Runnable listener);
  }

  private record Snapshot(long version, List<McpTool> tools) {}

  private final Servers servers;
  private volatile Snapshot snapshot = new Snapshot(0, List.of());

  public GatewayTools(Servers servers) {
    this.servers = servers;
  }

  @Override
  public List<McpTool> tools() {
    long version = servers.version();
    Snapshot known = snapshot;
    if (known.version() != version) {
      known = new Snapshot(version, servers.servedOn().stream().map(this::tool).toList());
      snapshot = known;
    }
    return known.tools();
  }

  @Override
  public AutoCloseable onChange(Runnable listener) {
    return servers.onChange(listener);
  }

  private McpTool tool(UpstreamTool tool) {
    return new McpTool(
        tool.name(),
        tool.server() + ": " + tool.definition().title(),
        tool.definition().description(),
        tool.definition().inputSchema(),
        Optional.empty(),
        ToolAnnotations.of(tool.hints()),
        Icons.TOOL,
        (context, arguments) -> call(context, tool.name(), arguments));
  }

  private ToolReply call(CallContext context, String name, ObjectNode arguments) {
    Hearing hearing = new Hearing(context);
    Caller caller = Caller.of(context.owner(), Caller.Face.MCP);
    return switch (servers.call(caller, name, arguments, hearing)) {
      case ToolOutcome.Success success -> {
        String text = success.value().asText();
        yield new ToolReply(Optional.empty(), text.isEmpty() ? "Done." : text, false)
            .with(success.artifacts());
      }
      case ToolOutcome.Failure failure -> Outcomes.failed(name, failure);
    };
  }
}
