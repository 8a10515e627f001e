package dev.mneme.api.agents;

import dev.mneme.agent.AgentService;
import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Paging;
import dev.mneme.api.http.Reply;
import dev.mneme.api.memory.BlockBodies;
import dev.mneme.api.memory.WireBlock;
import dev.mneme.common.Owner;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import java.util.List;

/** The blocks of an agent, and the agents of a block. */
public final class AgentBlockRoutes implements Group {
  private static final String MEMORY = "/agents/{agent_id}/core-memory";
  private static final String LABEL = MEMORY + "/blocks/{label}";

  private final AgentService agents;
  private final BlockService blocks;
  private final AgentViews views;

  public AgentBlockRoutes(AgentService agents, BlockService blocks, AgentViews views) {
    this.agents = agents;
    this.blocks = blocks;
    this.views = views;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get(MEMORY, this::memory);
    endpoints.get(MEMORY + "/blocks", this::list);
    endpoints.get(LABEL, this::retrieve);
    endpoints.patch(LABEL, this::update);
    endpoints.patch(MEMORY + "/blocks/attach/{block_id}", this::attach);
    endpoints.patch(MEMORY + "/blocks/detach/{block_id}", this::detach);
    endpoints.get("/blocks/{block_id}/agents", this::agents);
  }

  private Reply memory(Call call) {
    return Reply.of(views.view(call.owner(), AgentIds.of(call)).memory());
  }

  private Reply list(Call call) {
    Owner owner = call.owner();
    List<Block> held = blocks.ofAgent(owner, agents.get(owner, AgentIds.of(call)).id());
    return Reply.of(WireBlock.all(owner, Paging.cut(held, Block::id, call.page(100, true))));
  }

  private Reply retrieve(Call call) {
    return Reply.of(WireBlock.of(call.owner(), block(call)));
  }

  private Reply update(Call call) {
    Body body = call.body();
    Block changed =
        blocks.update(call.owner(), block(call).id(), BlockBodies.update(body), call.change());
    return Reply.of(WireBlock.of(call.owner(), changed));
  }

  private Reply attach(Call call) {
    agents.attachBlock(
        call.owner(), AgentIds.of(call), call.id("block_id", "block"), call.change());
    return views.reply(call);
  }

  private Reply detach(Call call) {
    agents.detachBlock(
        call.owner(), AgentIds.of(call), call.id("block_id", "block"), call.change());
    return views.reply(call);
  }

  private Reply agents(Call call) {
    Owner owner = call.owner();
    List<String> holders = blocks.agents(owner, call.id("block_id", "block"));
    return Reply.of(
        views.views(
            owner,
            Paging.cut(holders, id -> id, call.page(50, true)).stream()
                .flatMap(id -> agents.find(owner, id).stream())
                .toList()));
  }

  private Block block(Call call) {
    Owner owner = call.owner();
    return blocks.byLabel(owner, agents.get(owner, AgentIds.of(call)).id(), call.path("label"));
  }
}
