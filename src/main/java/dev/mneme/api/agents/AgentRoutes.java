package dev.mneme.api.agents;

import dev.mneme.agent.AgentDraft;
import dev.mneme.agent.AgentSecrets;
import dev.mneme.agent.AgentService;
import dev.mneme.agent.AgentSettings;
import dev.mneme.agent.AgentUpdate;
import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.engine.AgentStarter;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import dev.mneme.message.Conversation;
import dev.mneme.model.Models;
import dev.mneme.secret.SecretText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Agents: made, read, changed, deleted. */
public final class AgentRoutes implements Group {
  private static final String ONE = "/agents/{agent_id}";

  private final AgentService agents;
  private final AgentSecrets secrets;
  private final BlockService blocks;
  private final AgentStarter starter;
  private final Models models;
  private final AgentViews views;
  private final AgentNames names;

  public AgentRoutes(
      AgentService agents,
      AgentSecrets secrets,
      BlockService blocks,
      AgentStarter starter,
      Models models,
      AgentViews views,
      RandomGenerator random) {
    this.agents = agents;
    this.secrets = secrets;
    this.blocks = blocks;
    this.starter = starter;
    this.models = models;
    this.views = views;
    this.names = new AgentNames(random);
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.post("/agents", this::create);
    endpoints.get(ONE, views::reply);
    endpoints.patch(ONE, this::update);
    endpoints.delete(ONE, this::delete);
    endpoints.post(ONE + "/recompile", this::recompile);
  }

  private Reply create(Call call) {
    Body body = call.body();
    AgentDraft draft = AgentBodies.draft(body, names.next());
    requireModel(draft.settings());
    AgentStarter.Wish wish =
        new AgentStarter.Wish(
            draft,
            body.texts("tools").orElse(List.of()),
            body.flag("include_base_tools").orElse(true),
            body.flag("include_multi_agent_tools").orElse(false),
            body.flag("include_base_tool_rules"),
            Beginnings.read(body));
    Map<String, SecretText> values = AgentBodies.secrets(body).orElse(Map.of());
    AgentStarter.Made made = starter.create(call.owner(), wish, call.change());
    if (values.isEmpty()) {
      return Reply.of(views.view(call.owner(), made));
    }
    keep(call, made.agent().id(), values);
    return Reply.of(views.view(call.owner(), made.agent().id()));
  }

  /** An agent that was asked for with secrets is made with them or not at all. */
  private void keep(Call call, String agentId, Map<String, SecretText> values) {
    try {
      secrets.replace(call.owner(), agentId, values);
    } catch (MnemeException e) {
      agents.delete(call.owner(), agentId, call.change());
      throw e;
    }
  }

  private Reply update(Call call) {
    Owner owner = call.owner();
    Body body = call.body();
    String id = AgentIds.of(call);
    // All is read before anything is written: a mistake changes nothing.
    AgentUpdate update = AgentBodies.update(body);
    Optional<Map<String, SecretText>> values = AgentBodies.secrets(body);
    Optional<List<String>> held = AgentBodies.ids(body, "block_ids", "block");
    requireModel(AgentBodies.settings(AgentSettings.DEFAULT, body));
    agents.updateSettings(
        owner, id, settings -> AgentBodies.settings(settings, body), call.change());
    agents.update(owner, id, update, call.change());
    values.ifPresent(each -> secrets.replace(owner, id, each));
    held.ifPresent(ids -> hold(call, id, ids));
    return views.reply(call);
  }

  /** A model that is named has to be there. */
  private void requireModel(AgentSettings settings) {
    settings.model().ifPresent(models::info);
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

  private Reply recompile(Call call) {
    boolean keep = !call.flag("dry_run").orElse(false);
    Conversation conversation = Conversation.of(AgentIds.of(call));
    return Reply.of(starter.recompile(call.owner(), conversation, keep));
  }
}
