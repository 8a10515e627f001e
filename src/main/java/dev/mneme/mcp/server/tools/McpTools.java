package dev.mneme.mcp.server.tools;

import dev.mneme.agent.AgentService;
import dev.mneme.agent.NamedAgents;
import dev.mneme.engine.Correspondent;
import dev.mneme.engine.turn.Turns;
import dev.mneme.mcp.server.catalog.KeptWork;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.Scope;
import dev.mneme.mcp.server.catalog.ToolSource;
import dev.mneme.sandbox.ledger.Ledger;
import dev.mneme.tool.ToolRegistry;
import dev.mneme.tool.ToolService;
import java.util.ArrayList;
import java.util.List;

/** The tools of the MCP face in the order they are listed: first what is used most. */
public final class McpTools {
  private McpTools() {}

  /** The tools that are always there. */
  public static List<McpTool> fixed(Services services) {
    Callers callers = new Callers(services.agents(), services.named());
    List<McpTool> tools = new ArrayList<>();
    tools.addAll(memory(new ViewTool(services.blocks(), services.history(), callers).tools()));
    tools.addAll(memory(new EditTools(services.blocks(), callers).tools()));
    tools.addAll(
        memory(new ArchivalTools(services.agents(), services.archives(), callers).tools()));
    tools.addAll(
        memory(
            new JournalTools(services.journal(), services.history(), services.redaction(), callers)
                .tools()));
    tools.addAll(
        agents(
            new AgentTools(services.agents(), services.named(), services.blocks(), callers)
                .tools()));
    tools.add(PythonTool.of(services.tools()));
    tools.add(FindTools.of(services.library()));
    return List.copyOf(tools);
  }

  /** The tools by which an assistant talks to agents, or thinks for them. */
  public static List<McpTool> talking(
      AgentService agents, NamedAgents named, Turns turns, Correspondent correspondent) {
    Callers callers = new Callers(agents, named);
    List<McpTool> tools = new ArrayList<>(new TurnTools(turns, callers).tools());
    tools.addAll(new RunTools(agents, correspondent, callers).tools());
    return agents(tools);
  }

  private static List<McpTool> memory(List<McpTool> tools) {
    return tools.stream()
        .map(
            tool -> tool.in(tool.annotations().readOnly() ? Scope.MEMORY_READ : Scope.MEMORY_WRITE))
        .toList();
  }

  private static List<McpTool> agents(List<McpTool> tools) {
    return tools.stream().map(tool -> tool.in(Scope.AGENTS)).toList();
  }

  /** What agents do for a client, as it is written down. */
  public static KeptWork kept(AgentService agents, NamedAgents named, Correspondent correspondent) {
    return new RunTools(agents, correspondent, new Callers(agents, named)).kept();
  }

  /** What the operator looks at. */
  public static McpTool calls(Ledger ledger) {
    return new CallsTool(ledger).tool();
  }

  /** The tools of the library, as they come and go. */
  public static ToolSource library(Services services) {
    return library(services.library(), services.tools());
  }

  /** The tools of another library. */
  public static ToolSource library(ToolRegistry registry, ToolService service) {
    return new LibraryTools(registry, service);
  }
}
