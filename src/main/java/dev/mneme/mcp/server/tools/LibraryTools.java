package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.mcp.server.catalog.ToolSource;
import dev.mneme.tool.Caller;
import dev.mneme.tool.LibraryTool;
import dev.mneme.tool.ToolCatalog;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolRegistry;
import dev.mneme.tool.ToolService;
import java.util.List;
import java.util.Optional;

/** The tools of the library, each under its own name. Thread-safe. */
final class LibraryTools implements ToolSource {
  /** Of a tool that does not say what it answers. */
  static final ObjectNode ANY_RESULT =
      Outputs.object()
          .maybeAny("result")
          .maybe("stdout", "string")
          .maybe("stderr", "string")
          .schema();

  private record Snapshot(ToolCatalog catalog, List<McpTool> tools) {}

  private final ToolRegistry registry;
  private final ToolService service;
  private volatile Snapshot snapshot;

  LibraryTools(ToolRegistry registry, ToolService service) {
    this.registry = registry;
    this.service = service;
    this.snapshot = of(registry.catalog());
  }

  @Override
  public List<McpTool> tools() {
    ToolCatalog present = registry.catalog();
    Snapshot known = snapshot;
    if (known.catalog().version() != present.version()) {
      known = of(present);
      snapshot = known;
    }
    return known.tools();
  }

  @Override
  public AutoCloseable onChange(Runnable listener) {
    return registry.onChange(catalog -> listener.run());
  }

  private Snapshot of(ToolCatalog catalog) {
    return new Snapshot(catalog, catalog.tools().stream().map(this::tool).toList());
  }

  private McpTool tool(LibraryTool tool) {
    return new McpTool(
        tool.name(),
        tool.title(),
        tool.description(),
        tool.inputSchema(),
        Optional.of(tool.outputSchema().orElse(ANY_RESULT)),
        ToolAnnotations.of(tool.hints()),
        Icons.TOOL,
        (context, arguments) -> call(context, tool, arguments));
  }

  private ToolReply call(CallContext context, LibraryTool tool, ObjectNode arguments) {
    Hearing hearing = new Hearing(context);
    Caller caller = Caller.of(context.owner(), Caller.Face.MCP);
    ToolOutcome outcome = service.call(caller, tool.name(), arguments, hearing);
    ToolReply reply =
        switch (outcome) {
          case ToolOutcome.Success success -> succeeded(tool, success);
          case ToolOutcome.Failure failure -> Outcomes.failed(tool.name(), failure);
        };
    return reply.ranIn(hearing.place());
  }

  private static ToolReply succeeded(LibraryTool tool, ToolOutcome.Success success) {
    if (tool.outputSchema().isEmpty()) {
      return Outcomes.wrapped(tool.name(), success);
    }
    return success.value() instanceof ObjectNode value
        ? Outcomes.own(tool.name(), value, success)
        : ToolReply.error(
            "Error (tool_failed): "
                + tool.name()
                + " did not return what its annotation promises.");
  }
}
