package dev.mneme.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentSecrets;
import dev.mneme.agent.AgentService;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.engine.ToolRunner;
import dev.mneme.mcp.client.UpstreamTool;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import dev.mneme.memory.BlockUpdate;
import dev.mneme.memory.journal.Change;
import dev.mneme.tool.CallContext;
import dev.mneme.tool.Caller;
import dev.mneme.tool.CustomOutcome;
import dev.mneme.tool.CustomTools;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.StoredTools;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolService;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the tools of agents that are not part of the server: those of the library, those of other
 * servers, and those that came as source, which see the agent and may change its memory.
 */
final class AgentToolRunner implements ToolRunner {
  private final CustomTools custom;
  private final ToolService library;
  private final McpServers servers;
  private final AgentService agents;
  private final AgentSecrets secrets;
  private final BlockService blocks;

  AgentToolRunner(
      CustomTools custom,
      ToolService library,
      McpServers servers,
      AgentService agents,
      AgentSecrets secrets,
      BlockService blocks) {
    this.custom = custom;
    this.library = library;
    this.servers = servers;
    this.agents = agents;
    this.secrets = secrets;
    this.blocks = blocks;
  }

  @Override
  public ToolOutcome run(
      Caller caller, StoredTool tool, ObjectNode arguments, Change change, ToolListener listener) {
    if (tool.sourceCode().isPresent()) {
      return custom(caller, tool, arguments, change, listener);
    }
    if (tool.tags().contains(StoredTools.LIBRARY_TAG)) {
      return library.call(caller, tool.name(), arguments, listener);
    }
    if (tool.type().equals(UpstreamTool.TYPE)) {
      return servers.call(caller, tool.name(), arguments, listener);
    }
    throw MnemeException.invalid(
        "runs_in_turns_only",
        "The tool " + tool.name() + " is a part of the agent's turn; send the agent a message.");
  }

  private ToolOutcome custom(
      Caller caller, StoredTool tool, ObjectNode arguments, Change change, ToolListener listener) {
    Owner owner = caller.owner();
    String agentId = caller.agentId().orElseThrow();
    CallContext context =
        new CallContext(
            secrets.values(owner, agentId), Optional.of(seen(owner, agentId)), listener);
    CustomOutcome outcome = custom.call(caller, tool, arguments, context);
    outcome.blocks().forEach((label, value) -> save(owner, agentId, label, value, change));
    return outcome.isError()
        ? new ToolOutcome.Failure(
            outcome.reason().orElse(ToolOutcome.Reason.ERROR),
            outcome.text(),
            "",
            outcome.stdout(),
            outcome.stderr())
        : new ToolOutcome.Success(
            JsonNodeFactory.instance.textNode(outcome.text()),
            outcome.stdout(),
            outcome.stderr(),
            outcome.artifacts());
  }

  private void save(Owner owner, String agentId, String label, String value, Change change) {
    Block block = blocks.byLabel(owner, agentId, label);
    blocks.update(owner, block.id(), BlockUpdate.none().withValue(value), change);
  }

  /** The agent as a tool's code sees it. */
  private ObjectNode seen(Owner owner, String agentId) {
    Agent agent = agents.get(owner, agentId);
    ObjectNode seen = Json.mapper().createObjectNode();
    seen.put("id", agent.id()).put("name", agent.name()).put("description", agent.description());
    agent.tags().forEach(seen.putArray("tags")::add);
    ArrayNode held = seen.putArray("blocks");
    List<Block> all = blocks.ofAgent(owner, agentId);
    for (Block block : all) {
      held.addObject()
          .put("id", block.id())
          .put("label", block.label())
          .put("value", block.value())
          .put("description", block.description())
          .put("limit", block.limit())
          .put("read_only", block.readOnly());
    }
    seen.set("metadata", Json.mapper().valueToTree(Map.copyOf(agent.metadata())));
    return seen;
  }
}
