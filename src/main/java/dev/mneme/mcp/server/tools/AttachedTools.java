package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.ToolRule;
import dev.mneme.common.Owner;
import dev.mneme.engine.ToolRunner;
import dev.mneme.mcp.client.UpstreamTool;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Origin;
import dev.mneme.tool.Caller;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.StoredTools;
import dev.mneme.tool.ToolOutcome;
import java.util.List;
import java.util.Optional;

/**
 * The tools attached to an agent that are not part of its turns, for clients that are connected to
 * it. Those that need approval in its turns are left out. Thread-safe.
 */
public final class AttachedTools {
  private static final ToolAnnotations ANYTHING = new ToolAnnotations(false, true, false, true);

  private final StoredTools tools;
  private final ToolRunner runner;

  public AttachedTools(StoredTools tools, ToolRunner runner) {
    this.tools = tools;
    this.runner = runner;
  }

  List<McpTool> of(Owner owner, Agent agent) {
    return tools.ofIds(owner, agent.settings().toolIds()).stream()
        .filter(AttachedTools::runsAlone)
        .filter(tool -> !needsApproval(agent, tool.name()))
        .map(tool -> tool(agent.id(), tool))
        .toList();
  }

  private static boolean runsAlone(StoredTool tool) {
    return tool.sourceCode().isPresent()
        || tool.tags().contains(StoredTools.LIBRARY_TAG)
        || tool.type().equals(UpstreamTool.TYPE);
  }

  private static boolean needsApproval(Agent agent, String name) {
    return agent.settings().toolRules().stream()
        .anyMatch(
            rule -> rule instanceof ToolRule.RequiresApproval && rule.toolName().equals(name));
  }

  private McpTool tool(String agentId, StoredTool tool) {
    ObjectNode schema =
        tool.schema().path("parameters") instanceof ObjectNode parameters
            ? parameters
            : JsonNodeFactory.instance.objectNode().put("type", "object");
    return new McpTool(
        tool.name(),
        tool.name(),
        tool.description(),
        schema,
        Optional.empty(),
        ANYTHING,
        Icons.TOOL,
        (context, arguments) -> call(context, agentId, tool, arguments));
  }

  private ToolReply call(
      CallContext context, String agentId, StoredTool tool, ObjectNode arguments) {
    Hearing hearing = new Hearing(context);
    Change change =
        Change.by("mcp", Origin.TOOL).fromSource("tool:" + tool.name()).inRun(context.session());
    Caller caller = Caller.forAgent(context.owner(), Caller.Face.MCP, agentId);
    ToolOutcome outcome = runner.run(caller, tool, arguments, change, hearing);
    ToolReply reply =
        switch (outcome) {
          case ToolOutcome.Success success -> Outcomes.plain(tool.name(), success);
          case ToolOutcome.Failure failure -> Outcomes.failed(tool.name(), failure);
        };
    return reply.ranIn(hearing.place());
  }
}
