package dev.mneme.api.agents;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentSecrets;
import dev.mneme.agent.AgentService;
import dev.mneme.agent.AgentUpdate;
import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.common.Owner;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Agents: made, read, changed, deleted. */
public final class AgentRoutes implements Group {
  private static final String ONE = "/agents/{agent_id}";

  private final AgentService agents;
  private final AgentSecrets secrets;
  private final BlockService blocks;
  private final AgentMaker maker;
  private final AgentViews views;
  private final AgentNames names;

  public AgentRoutes(
      AgentService agents,
      AgentSecrets secrets,
      BlockService blocks,
      AgentMaker maker,
      AgentViews views,
      RandomGenerator random) {
    this.agents = agents;
    this.secrets = secrets;
    this.blocks = blocks;
    this.maker = maker;
    this.views = views;
    this.names = new AgentNames(random);
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.post("/agents", this::create);
    endpoints.get(ONE, views::reply);
    endpoints.patch(ONE, this::update);
    endpoints.delete(ONE, this::delete);
  }

  private Reply create(Call call) {
    Body body = call.body();
    AgentRequest request =
        new AgentRequest(
            AgentBodies.draft(body, names.next()),
            body.texts("tools").orElse(List.of()),
            body.flag("include_base_tools").orElse(true),
            body.flag("include_multi_agent_tools").orElse(false),
            body.flag("include_base_tool_rules"),
            AgentBodies.secrets(body).orElse(Map.of()));
    Agent made = maker.create(call.owner(), request, call.change());
    return Reply.of(views.view(call.owner(), made.id()));
  }

  private Reply update(Call call) {
    Owner owner = call.owner();
    Body body = call.body();
    String id = AgentIds.of(call);
    AgentUpdate update = AgentBodies.update(body);
    agents.updateSettings(
        owner, id, settings -> AgentBodies.settings(settings, body), call.change());
    agents.update(owner, id, update, call.change());
    AgentBodies.secrets(body).ifPresent(values -> secrets.replace(owner, id, values));
    AgentBodies.ids(body, "block_ids", "block").ifPresent(ids -> hold(call, id, ids));
    return views.reply(call);
  }

  /** Makes these the agent's blocks. */
  private void hold(Call call, String agentId, List<String> wanted) {
    List<String> held = blocks.ofAgent(call.owner(), agentId).stream().map(Block::id).toList();
    held.stream()
        .filter(block -> !wanted.contains(block))
        .forEach(block -> agents.detachBlock(call.owner(), agentId, block, call.change()));
    wanted.stream()
        .filter(block -> !held.contains(block))
        .forEach(block -> agents.attachBlock(call.owner(), agentId, block, call.change()));
  }

  private Reply delete(Call call) {
    agents.delete(call.owner(), AgentIds.of(call), call.change());
    return Reply.nothing();
  }
}
