package dev.mneme.app;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentDraft;
import dev.mneme.agent.AgentSecrets;
import dev.mneme.agent.AgentService;
import dev.mneme.agent.AgentSettings;
import dev.mneme.agent.ToolRule;
import dev.mneme.api.agents.AgentMaker;
import dev.mneme.api.agents.AgentRequest;
import dev.mneme.common.Owner;
import dev.mneme.memory.journal.Change;
import dev.mneme.model.Models;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.StoredTools;
import java.util.ArrayList;
import java.util.List;

/** Makes agents as clients ask for them; what they name has to be there. */
record NewAgents(AgentService agents, AgentSecrets secrets, StoredTools tools, Models models)
    implements AgentMaker {
  @Override
  public Agent create(Owner owner, AgentRequest request, Change change) {
    AgentDraft draft = request.draft();
    draft.settings().model().ifPresent(models::info);
    List<StoredTool> held = tools.resolve(owner, request.tools(), draft.settings().toolIds());
    Agent made = agents.create(owner, draft.withSettings(settings(draft, held)), change);
    if (!request.secrets().isEmpty()) {
      secrets.replace(owner, made.id(), request.secrets());
    }
    return made;
  }

  private static AgentSettings settings(AgentDraft draft, List<StoredTool> held) {
    List<ToolRule> rules = new ArrayList<>(draft.settings().toolRules());
    held.stream()
        .filter(StoredTool::requiresApproval)
        .forEach(tool -> rules.add(new ToolRule.RequiresApproval(tool.name())));
    return draft
        .settings()
        .withTools(held.stream().map(StoredTool::id).toList())
        .withRules(rules.stream().distinct().toList());
  }
}
