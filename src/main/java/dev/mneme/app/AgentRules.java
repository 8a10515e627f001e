package dev.mneme.app;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentService;
import dev.mneme.agent.ToolRule;
import dev.mneme.common.MnemeException;
import dev.mneme.tool.Caller;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.StoredTools;
import java.util.function.BiConsumer;

/** Whether an agent's script may call a tool: one the agent has, and that needs no approval. */
record AgentRules(AgentService agents, StoredTools tools) implements BiConsumer<Caller, String> {
  @Override
  public void accept(Caller caller, String name) {
    Agent agent = agents.get(caller.owner(), caller.agentId().orElse(""));
    boolean has =
        tools.ofIds(caller.owner(), agent.settings().toolIds()).stream()
            .map(StoredTool::name)
            .anyMatch(name::equals);
    if (!has) {
      throw MnemeException.denied("unknown_tool", "The agent has no tool of that name.");
    }
    if (agent.settings().toolRules().contains(new ToolRule.RequiresApproval(name))) {
      throw MnemeException.denied(
          "approval_required",
          "ApprovalRequired: "
              + name
              + " may only be called by the agent itself, so that somebody can be asked.");
    }
  }
}
